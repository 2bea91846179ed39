"""The first hour: an empty company, and what its first team cost a few minutes later."""

JANUARY = (
    "month,team,cost_centre,amount,currency\n"
    "2026-01,Onboarding,,100000.25,USD\n"
    "2026-01,,SHARED OFFICE,5000.50,USD\n"
)


def test_from_an_empty_company_to_the_cost_of_its_first_team(server, look, tmp_path):
    costs = tmp_path / "january.csv"
    costs.write_text(JANUARY)
    screen = look(server)
    screen.go("")
    screen.must_be_whole()
    screen.photograph("first-1-empty")

    screen.go("start")
    form = screen.page.get_by_test_id("stForm").first
    form.get_by_label("Name").fill("Brightwater Courses")
    screen.button("Save company")
    assert "Brightwater Courses" in screen.text
    screen.page.get_by_role("tab", name="Paste a list").click()
    screen.settle()
    pasted = screen.page.get_by_label("One team a line")
    pasted.fill("Onboarding, Enrolment\nCheckout, Enrolment")
    pasted.press("Control+Enter")
    screen.settle()
    screen.button("Save 2 teams")
    screen.photograph("first-2-teams")

    screen.go("data?view=import")
    screen.drop([costs])
    screen.button("Continue")
    screen.fill("Name of the source", "General ledger")
    screen.photograph("first-3-columns")
    screen.button("Continue")
    screen.button("Continue")
    screen.photograph("first-4-changes")
    screen.button("Continue")
    screen.fill("Total of the books", "105000.75")
    screen.wait_for_title("$105,000.75 agrees with the books")
    screen.button("Import 2 rows")
    screen.wait_for_title("2 rows are in the ledger")
    screen.photograph("first-5-receipt")

    screen.go("teams")
    assert "Onboarding" in screen.text
    assert "SHARED OFFICE" in screen.text
    screen.go("team?team=onboarding")
    assert "$100k" in screen.text
    screen.go("")
    screen.must_be_whole()
    assert "Agree with the books" in screen.text
    screen.photograph("first-6-portfolio")


def test_d17_nothing_is_assumed_for_what_the_file_lacks(server, look, tmp_path):
    bare = tmp_path / "bare.csv"
    bare.write_text("month,cost centre,amount\n2026-01,HOSTING,12.00\n")
    screen = look(server)
    screen.go("data?view=import")
    screen.drop([bare])
    screen.button("Continue")
    screen.fill("Name of the source", "Bare")
    on = screen.page.get_by_role("button", name="Continue")
    assert on.is_disabled()
    assert "currency" in screen.text.lower()
    screen.choose("Currency of every line", "EUR")
    assert on.is_enabled()


def test_all_problems_of_a_file_are_told_at_once_with_their_line(server, look, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "month,cost centre,amount,currency\n"
        "2026-01,HOSTING,12.00,EUR\n"
        "2026-13,HOSTING,12.00,EUR\n"
        "2026-01,HOSTING,twelve,EUR\n"
        "2026-01,HOSTING,1.00,XQX\n"
    )
    screen = look(server)
    screen.go("data?view=import")
    screen.drop([bad])
    screen.button("Continue")
    screen.fill("Name of the source", "Bad")
    screen.button("Continue")
    screen.photograph("problems")
    for sent in ("2026-13", "twelve", "XQX"):
        assert sent in screen.text
    assert screen.page.get_by_role("button", name="Continue").is_disabled()
    assert screen.inaccessible() == []
    screen.go("data")
    assert "No cost" in screen.text or "no cost" in screen.text
