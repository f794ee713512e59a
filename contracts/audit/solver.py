"""Answers one SMT-LIB query of halmos with cvc5, which takes fixed-width words for integers here.

    python contracts/audit/solver.py QUERY.smt2

Conservation is about sums in one order being sums in another. Solvers that turn words into bits,
as halmos's own does, do not end on that; over the integers it is linear arithmetic, and each query
takes a part of a second. Prints `unsat`, or `sat` and a model.
"""

import sys

from cvc5 import InputLanguage, InputParser, Solver, TermManager


def answer(query: str) -> None:
    """Run the commands of the file until one of them says that it has no model."""
    solver = Solver(TermManager())
    solver.setOption("solve-bv-as-int", "sum")
    solver.setOption("produce-models", "true")
    parser = InputParser(solver)
    parser.setFileInput(InputLanguage.SMT_LIB_2_6, query)
    while not (command := parser.nextCommand()).isNull():
        told = command.invoke(solver, parser.getSymbolManager()).strip()
        if told:
            sys.stdout.write(told + "\n")
        if told == "unsat":
            break


if __name__ == "__main__":
    answer(sys.argv[1])
