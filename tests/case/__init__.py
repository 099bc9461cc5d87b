"""Reading a case folder and saving it again."""
