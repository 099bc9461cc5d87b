"""What stands where: reading plain text with its places, and finding the nearest known name."""
