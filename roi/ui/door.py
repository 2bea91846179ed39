"""Every page is entered through `dashboard.py`, also by the first link of a fresh server.

Beside a folder named `pages`, Streamlit runs a page's file alone, without frame or scope, until
`st.navigation` was called once in the process. The first page that finds itself there starts again.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def enter() -> None:
    """Start again through `dashboard.py` if this page was run alone."""
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
