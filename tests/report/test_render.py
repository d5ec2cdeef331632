"""What holds for every format."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from pystatelint.config.choices import OUTPUT_FORMATS
from pystatelint.errors import UsageError
from pystatelint.model.report import Report
from pystatelint.report import RenderOptions, render

Reported = Callable[..., Report]

LINE_FORMATS = {"concise", "jsonl", "github"}


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_output_ends_with_one_newline(report: Report, broken: Report, output_format: str):
    for each in (report, broken):
        shown = render(each, output_format, RenderOptions())
        assert shown.endswith("\n")
        assert not shown.endswith("\n\n")


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_a_clean_run_prints_nothing_only_where_lines_are_findings(
    clean: Report, output_format: str
):
    shown = render(clean, output_format, RenderOptions())
    assert (shown == "") == (output_format in LINE_FORMATS)
    assert shown == shown.rstrip("\n") + ("\n" if shown else "")


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_the_order_of_the_report_is_kept(report: Report, reported: Reported, output_format: str):
    backwards = type(report)(findings=report.findings[::-1], files=2)
    shown = render(backwards, output_format, RenderOptions())
    assert shown.index("HMS102") < shown.index("HMS101")


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_output_can_be_written_as_utf8(reported: Reported, output_format: str):
    odd = reported(path="\udce9.py", message="\ud800", symbol="\udfff", remedy="\udc80")
    render(odd, output_format, RenderOptions()).encode("utf-8")


def test_an_unknown_format_is_named_with_the_known_ones(clean: Report):
    with pytest.raises(UsageError) as caught:
        render(clean, "xml", RenderOptions())
    assert str(caught.value) == (
        "unknown output format 'xml': use one of full, concise, json, jsonl, sarif, github"
    )


def test_a_format_loads_nothing_of_the_others():
    code = (
        "import sys; from pystatelint.model.report import Report;"
        "from pystatelint.report import RenderOptions, render;"
        "before = {m for m in sys.modules if m.startswith('pystatelint.report.')};"
        "render(Report(findings=()), 'concise', RenderOptions());"
        "print(sorted(before), sorted({'rich', 'pystatelint.report.sarif',"
        " 'pystatelint.report.full'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "['pystatelint.report.options'] []\n"
