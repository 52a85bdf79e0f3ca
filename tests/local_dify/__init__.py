"""Tests of the local Dify."""
