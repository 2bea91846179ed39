"""Every page is entered through `dashboard.py`, also by the first link of a fresh server.

Beside a folder named `pages`, Streamlit runs a page's file alone, without frame or scope, until
`st.navigation` was called once in the process. The first page that finds itself there starts again.
"""

import sys

import streamlit as st
from streamlit.runtime import memory_media_file_storage as media
from streamlit.runtime.pages_manager import PagesManager

from roi.ui import links

FRONT = "portfolio"
"""How somebody writes the first page into the address who types it."""


def enter() -> None:
    """Start again through `dashboard.py` if this page was run alone."""
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def front() -> None:
    """Lead `/portfolio` to the first page, which Streamlit serves without a name and would not find by it."""
    st.switch_page(links.PAGES[""], query_params=dict(st.query_params.items()))


def tell_downloads_apart() -> None:
    """Give every download a link of its own content.

    Streamlit knows a file of more than 1 MiB by its length, its name and three samples: two exports that
    differ in one amount had one link, and the second reader got the first one's file (reliability note F3).
    """
    setattr(media, _ALL_OF_IT, sys.maxsize)


_ALL_OF_IT = "_PARTIAL_HASH_THRESHOLD"
"""From this size on Streamlit looks at samples only."""
