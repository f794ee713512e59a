"""`python -m demo` tells the story; `python -m demo up` starts chain and service on its state."""

import argparse
import shutil
import sys
from pathlib import Path

from demo.city import CityError
from demo.city.plan import DEFAULT_DISTRICTS, DEFAULT_MONTH, DEFAULT_PAYEES, DEFAULT_SEED
from demo.narrator import Narrator
from demo.reception import keep_up
from demo.story import Wish, tell
from fundtrail.errors import FundtrailError

HOME = Path("var/demo")
_OURS = ("network.toml", "files", "files.partial", "chain")


def main() -> int:
    """Exit 0 only if all of the story held; 2 for wrong usage."""
    wish, port = _arguments()
    narrator = Narrator()
    try:
        if port is not None:
            return keep_up(wish.home, port, narrator)
        _clear(wish.home)
        return 0 if tell(wish, narrator) else 1
    except CityError as error:
        narrator.broken(str(error))
        return 2
    except FundtrailError as error:
        narrator.broken(f"{type(error).__name__}: {error}")
        return 1
    except KeyboardInterrupt:
        narrator.broken("已中断 interrupted")
        return 130


def _arguments() -> tuple[Wish, int | None]:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("act", nargs="?", choices=("tell", "up"), default="tell")
    parser.add_argument("--payees", type=int, default=DEFAULT_PAYEES, help="人数 payees")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="种子 same seed, same city")
    parser.add_argument("--districts", type=int, default=DEFAULT_DISTRICTS, help="区数 districts")
    parser.add_argument("--month", default=DEFAULT_MONTH, help="发放月份 paid month")
    parser.add_argument("--home", type=Path, default=HOME, help="状态目录 where the state stays")
    parser.add_argument("--port", type=int, default=8080, help="up: 服务端口 port of the service")
    given = parser.parse_args()
    wish = Wish(
        home=given.home.resolve(),
        payees=given.payees,
        seed=given.seed,
        districts=given.districts,
        month=given.month,
    )
    return wish, given.port if given.act == "up" else None


def _clear(home: Path) -> None:
    """Make room for a new story; only over what an earlier one left."""
    if home.exists() and any(home.iterdir()):
        if not any((home / name).exists() for name in _OURS):
            raise CityError(
                f"{home} 不是演示目录,不清空", f"{home} holds something else and is not cleared"
            )
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    sys.exit(main())
