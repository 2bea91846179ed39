"""What is said where the file is gone that says up to which change data was accepted."""


def lost(name: str, change_id: int) -> str:
    """The warning, with the change up to which there is data, and what to do."""
    return (
        f"{name} was gone or empty. It says which change was accepted last, and is begun anew at change "
        f"{change_id}, the latest that is here. If your last receipt names a later one, changes are missing: "
        "put the right files back, or bring back the newest backup with python -m roi restore."
    )
