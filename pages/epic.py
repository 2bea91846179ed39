"""What did this epic cost, what should it change, and what did it change?"""

from roi.ui.outcomes import common, epic

common.dress()
epic.draw()
