"""What did the board approve, what does it cost so far, and what came of it?"""

from roi.ui.outcomes import common, initiative

common.dress()
initiative.draw()
