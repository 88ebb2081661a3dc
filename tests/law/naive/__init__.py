"""A second, naive judge, against which the tests hold the judge of orgcode.

It is written from the law alone, slowly and plainly, on dictionaries of texts, and shares neither
an import nor a line with orgcode. Rulesets it reads as data. A change that it does not know it
refuses to judge.
"""
