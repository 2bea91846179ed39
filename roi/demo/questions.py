"""The four questions of Alder Learning's outcomes: which problem, which result, and how they will learn.

The third question, which metric, is the outcome itself. Where an epic has several outcomes, one tells them.
"""

ANSWERS: dict[str, tuple[str, str, str]] = {
    "tests-abandoned": (
        "A quarter of all tests is given up before the last question.",
        "Tests follow the learner's level, and learners finish them.",
        "Whether easier first questions alone would do it.",
    ),
    "company-licences": (
        "Companies buy single seats and give up when they have ten of them.",
        "A company licences a whole team in a day.",
        "Which companies would have bought anyway.",
    ),
    "checkouts-started": (
        "Three in ten searches find nothing that fits.",
        "The first page of results holds a fitting course, and more of them are bought.",
        "Half of the visitors keep the old search.",
    ),
    "sign-in-outage": (
        "Sign-in fails for an hour and a half each month, mostly in the evening.",
        "Learners can always sign in.",
        "Whether outages end or only move to another system.",
    ),
    "learners-who-cancel": (
        "Learners fall behind in the second week and cancel in the fourth.",
        "They see what fits into their week and stay.",
        "Whether the plan keeps learners by itself.",
    ),
    "practice-cancel": (
        "Learners meet the exam unprepared, fail, and cancel.",
        "They practise before it, pass, and go on.",
        "Regions that had it two months later.",
    ),
    "trials-that-enrol": (
        "Visitors open a trial and do not know where to begin.",
        "The first lesson begins by itself and fits what they told us.",
        "Which of its steps makes the difference.",
    ),
    "tickets": (
        "Half of all tickets ask what is written in the help already.",
        "Learners find the answer where they ask, without a ticket.",
        "Whether fewer tickets mean answered questions or silent learners.",
    ),
    "card-fees": (
        "Every card payment takes the dearest of three routes.",
        "Payments take the cheapest route that works, and fees fall.",
        "Whether failed payments rise with it.",
    ),
    "hours-to-learners": (
        "A finished change waits two days until learners have it.",
        "Teams release within a day, and nobody waits for the night.",
        "What the teams do with the weeks that they gain.",
    ),
    "saved-and-bought": (
        "Visitors leave, and lose the courses that they have looked at.",
        "They save them, come back, and buy.",
        "Half of the visitors do not have it.",
    ),
    "instalment-enrolments": (
        "A year of courses costs more than many have at the end of a month.",
        "Learners pay month by month and enrol earlier.",
        "Two regions have it a month later: whether they only enrol otherwise.",
    ),
    "company-checkouts": (
        "Buyers in companies search as badly as visitors did.",
        "They find courses for their whole team.",
        "Whether it adds to what the better search for visitors did already.",
    ),
    "certificates": (
        "Exam centres are far away, and half of those who could sit an exam do not.",
        "Learners sit it at home, supervised, and buy the certificate.",
        "Exam centres that have it later.",
    ),
    "days-of-outside-help": (
        "Each report is built anew from seven sources, with outside help.",
        "One feed of events from which every report is made in the house.",
        "Whether the help goes for good or moves to other work.",
    ),
    "tutored-lessons": (
        "Learners who are stuck in the evening find nobody to ask.",
        "A tutor answers at once, and they finish the lesson.",
        "Whether they learn with the tutor or only let it answer.",
    ),
    "requests-in-time": (
        "Three in ten requests to delete data are answered too late.",
        "Every request is answered within the days that the law gives.",
        "The log of requests, once a month.",
    ),
    "second-courses": (
        "Two in three learners stop after their first course.",
        "They are shown the course that fits next, and start it.",
        "One learner in ten does not have it.",
    ),
    "days-to-publish": (
        "A draft takes nineteen days until learners see it.",
        "Authors publish in twelve, with fewer corrections.",
        "Whether lessons get better or only earlier.",
    ),
    "refunds": (
        "The price at checkout is not always that of the page.",
        "One source of prices, and no refund for a wrong one.",
        "The orders of the quarter before and after.",
    ),
    "refund-calls": (
        "Whoever wants a refund has to call.",
        "Learners ask for it on the page, and the phone stays free for others.",
        "Whether easier refunds are more refunds.",
    ),
    "lesson-packs": (
        "Authors work in three editors and copy between them.",
        "One editor for every kind of lesson, and more packs from it.",
        "Whether more packs find more buyers.",
    ),
    "hours-to-restore": (
        "Nobody has ever tried whether the backups can be restored.",
        "Lost data is there again within six hours.",
        "A drill each month, by somebody who did not build it.",
    ),
    "gifts-redeemed": (
        "Whoever wants to give a course away has to enrol for the other one.",
        "A gift is bought in two minutes, and its receiver enrols.",
        "Whether those who got a gift stay, or only try.",
    ),
    "quicker-checkout": (
        "A change of the checkout takes twelve days, because five pages repeat it.",
        "Gifts are built into one checkout, and a change of it takes a week.",
        "Whether the freed weeks bring the next work forward, or are spent on repairs.",
    ),
    "one-page-enrolments": (
        "Signing up takes four pages, and one visitor in five gives up on the third.",
        "One page, and more of those who begin it enrol.",
        "Whether it is the number of pages or of questions that stops visitors.",
    ),
}
