"""What happens to a resource once it is public."""
