"""Every rule, by code."""

from pystatelint.model.rule import Rule
from pystatelint.rules.classes import (
    cache_or_buffer_named_class_attribute,
    class_cell_ledger,
    class_state_written_at_run_time,
    class_write_from_instance,
    descriptor_owner_state,
    field_default_shared,
    framework_singleton_self_state,
    instance_alias_of_shared,
    instance_mutated_class_container,
    orm_column_default_shared,
    shared_attribute_on_thread_local,
    sibling_leak,
    undeclared_instance_attribute,
)
from pystatelint.rules.functions import (
    cache_on_coroutine_or_generator,
    cache_on_method,
    contextvar_mutable_default,
    default_as_memo,
    default_mutated,
    mutable_default,
)
from pystatelint.rules.modules import (
    alias_then_write,
    attribute_write_on_module_instance,
    cache_or_buffer_named_module_cell,
    constant_mutated,
    foreign_module_write,
    global_rebinding,
    module_cell_ledger,
    module_state_written_at_run_time,
    shared_iterator,
    stale_from_import,
)
from pystatelint.rules.policy import (
    expired_suppression,
    suppression_without_reason,
    unanalysable_file,
    unknown_code_in_suppression,
    unused_suppression,
)
from pystatelint.rules.sessions import (
    live_session_at_import,
    session_kept_by_process_object,
)

ALL_RULES: tuple[Rule, ...] = (
    unused_suppression.RULE,
    suppression_without_reason.RULE,
    unknown_code_in_suppression.RULE,
    expired_suppression.RULE,
    unanalysable_file.RULE,
    instance_mutated_class_container.RULE,
    class_state_written_at_run_time.RULE,
    class_write_from_instance.RULE,
    sibling_leak.RULE,
    field_default_shared.RULE,
    orm_column_default_shared.RULE,
    descriptor_owner_state.RULE,
    framework_singleton_self_state.RULE,
    shared_attribute_on_thread_local.RULE,
    instance_alias_of_shared.RULE,
    cache_or_buffer_named_class_attribute.RULE,
    undeclared_instance_attribute.RULE,
    class_cell_ledger.RULE,
    module_state_written_at_run_time.RULE,
    global_rebinding.RULE,
    alias_then_write.RULE,
    foreign_module_write.RULE,
    stale_from_import.RULE,
    constant_mutated.RULE,
    shared_iterator.RULE,
    attribute_write_on_module_instance.RULE,
    cache_or_buffer_named_module_cell.RULE,
    module_cell_ledger.RULE,
    default_mutated.RULE,
    default_as_memo.RULE,
    mutable_default.RULE,
    cache_on_method.RULE,
    cache_on_coroutine_or_generator.RULE,
    contextvar_mutable_default.RULE,
    live_session_at_import.RULE,
    session_kept_by_process_object.RULE,
)
"""Sorted by code; a rule that is not here does not exist."""
