"""MediaWiki markup, as proposals of some series and pages of wikis are written in it."""
