"""What keeps erased words erased: the list of erasures, and purging the database."""
