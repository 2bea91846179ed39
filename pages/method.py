"""What does this number mean?"""

from roi.reports import method as method_report
from roi.ui import parts
from roi.ui.views import method as view

parts.eyebrow_and_title(
    "Method",
    "What each number means, and what it does not say",
    "Each figure is defined once; every page, export and command uses that definition.",
)
view.definitions(method_report.build())
view.range_and_confirmation()
view.glossary()
view.keyboard()
