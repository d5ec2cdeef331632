"""The dynamic oracle: does statelint call anything constant that a real program changes?"""
