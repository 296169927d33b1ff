"""What kind of change a changed sentence is: what was forbidden, who acts, how long, under which condition."""
