"""After a certification is published: bodies that recommend it or whoever answers for it, as signed credentials."""
