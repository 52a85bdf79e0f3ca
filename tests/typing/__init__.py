"""Types that static type checkers infer for users; mypy and basedpyright read these files, pytest runs none of them."""
