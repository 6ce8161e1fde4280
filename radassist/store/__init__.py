"""What is kept between two starts of the program: runs, films and their results, in one SQLite file."""
