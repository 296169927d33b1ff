"""How text and words are presented, in every report and page."""
