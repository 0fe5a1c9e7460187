"""A shopping basket."""


def add_item(item, basket=[]):
    """Put an item into a basket, or into a new one, and give the basket back.

    >>> add_item("apple", ["pear"])
    ['pear', 'apple']
    >>> add_item("bread")
    ['bread']
    >>> add_item("milk")
    ['milk']
    """
    basket.append(item)
    return basket


def total(prices, quantities):
    """The price of everything: prices and quantities are in the same order.

    >>> total([2, 3], [1, 4])
    14
    """
    return sum(price * quantity for price, quantity in zip(prices, quantities))
