"""Which files are there, what do they say, and under which module names?"""
