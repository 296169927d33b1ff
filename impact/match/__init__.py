"""Does a known proposal come back under another name?"""
