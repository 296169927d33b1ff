"""`brief.<language>.html`: one page of A4 to take into the room, in an official language of the United Nations.

The fixed wording is in that language; what the document says stays as the document has it.
"""
