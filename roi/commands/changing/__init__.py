"""How any command changes data: what was asked, what stands before, one numbered change, one receipt."""
