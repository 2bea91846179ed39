"""The wizard that takes a cost file from its bytes to the ledger."""
