"""What did a product cost and return over its life, and what is still to come until it is retired?"""

from roi.ui.outcomes import common, product

common.dress()
product.draw()
