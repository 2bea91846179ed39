"""What a cost file means for the ledger before it is imported: staged, checked, compared."""
