"""Text, pages and figures: functions of frames and axes.

Formatting lives only here.
"""
