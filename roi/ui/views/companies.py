"""Which company is open: the fictional one to look around in, or one's own. Two files, never mixed."""

import streamlit as st

from roi.demo.home import Company
from roi.errors import RoiError
from roi.ui import parts, session, states


def choose() -> None:
    """Two ways to begin, and the way to put the demo back as it was."""
    is_demo = session.is_demo()
    told = (
        "You look at Alder Learning, a fictional company. Your own data lies in a file of its own."
        if is_demo
        else "This is your own data. The demo company lies in a file of its own."
    )
    parts.section("Which company", told)
    with st.container(horizontal=True, gap="small", key="companies"):
        if is_demo:
            _button("Start with my company", "company-own", Company.OWN, is_first=True)
            if st.button("Reset the demo", key="company-reset"):
                _reset()
        else:
            _button("Look around with a demo company", "company-demo", Company.DEMO, is_first=False)


def _button(label: str, key: str, which: Company, *, is_first: bool) -> None:
    if st.button(label, key=key, type="primary" if is_first else "secondary"):
        session.switch_company(which)
        session.notify("The demo company is open." if which is Company.DEMO else "Your own company is open.")
        st.rerun()


def _reset() -> None:
    try:
        with st.spinner("Making the demo company anew"):
            session.reset_demo()
    except RoiError as error:
        states.refusal(error)
        return
    session.notify("The demo company is as it was.")
    st.rerun()
