"""The words of the program: films, studies, analyses, the worklist. Standard library and numpy only."""
