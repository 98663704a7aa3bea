"""Bureau, departments and contractors as one tree, and the scope of what a person may see."""
