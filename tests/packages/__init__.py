"""Frontiers, solutions and improvements of packages, against every package listed one by one."""
