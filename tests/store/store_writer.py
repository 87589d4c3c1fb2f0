"""A program that writes articles into a record until it is killed; run by the tests of faults.

Arguments: target, first number, how many, what to do after the first batch (``go`` or ``hold``).
"""

from __future__ import annotations

import sys
import time

from store_making import article, event, told

from sijill.store.opening import open_store

if __name__ == "__main__":
    target, first, count, then = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    with open_store(target) as store:
        for number in range(first, first + count):
            with store.batch():
                if store.add_document(article(number)).new:
                    store.add_testimonies(told(number))
                    store.put_events([event(f"e{number}", told(number))])
                if then == "hold":
                    print("holding", flush=True)
                    time.sleep(60)
            print(number, flush=True)
