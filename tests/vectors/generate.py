"""Writes the project's own vectors from the definitions in docs/format.md, and nothing else.

Stands apart from the kernel on purpose: plain recursion straight from RFC 9162 §2.1 and the tables
of docs/format.md, standard library only (typed data is hashed by eth-account's public encoder).
`python tests/vectors/generate.py` rewrites the files; a test checks that they are unchanged.
"""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

HERE = Path(__file__).parent
U128 = 2**128 - 1
RUN, CREDITED, RETURNED, ROSTER = 1, 2, 3, 4


def h(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def x(data: bytes) -> str:
    return "0x" + data.hex()


def u(value: int, width: int) -> bytes:
    return value.to_bytes(width, "big")


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def line_hash(line: dict[str, Any]) -> bytes:
    return h(b"\x04", line["id"], u(line["amount"], 16), line["record"])


def top(lines: list[dict[str, Any]]) -> tuple[bytes, int]:
    if len(lines) == 1:
        return line_hash(lines[0]), lines[0]["amount"]
    k = split(len(lines))
    (left, left_sum), (right, right_sum) = top(lines[:k]), top(lines[k:])
    assert left_sum + right_sum <= U128
    return h(b"\x05", left, u(left_sum, 16), right, u(right_sum, 16)), left_sum + right_sum


def path(lines: list[dict[str, Any]], index: int) -> list[tuple[bytes, int]]:
    if len(lines) == 1:
        return []
    k = split(len(lines))
    if index < k:
        return [*path(lines[:k], index), top(lines[k:])]
    return [*path(lines[k:], index - k), top(lines[:k])]


def root(kind: int, lines: list[dict[str, Any]]) -> bytes:
    head, total = top(lines)
    return h(b"\x06", u(kind, 1), head, u(total, 16), u(len(lines), 8))


def make_lines(amounts: list[int]) -> list[dict[str, Any]]:
    ids = sorted(h(b"vector payment", u(i, 4)) for i in range(len(amounts)))
    return [
        {"id": ids[i], "amount": amount, "record": h(b"vector record", u(i, 4))}
        for i, amount in enumerate(amounts)
    ]


def sum_case(name: str, kind: int, amounts: list[int]) -> dict[str, Any]:
    lines = make_lines(amounts)
    head, total = top(lines)
    picks = sorted({0, len(lines) // 2, len(lines) - 1})
    return {
        "name": name,
        "kind": kind,
        "lines": [
            {
                "payment_id": x(line["id"]),
                "amount_fen": str(line["amount"]),
                "record_digest": x(line["record"]),
                "hash": x(line_hash(line)),
            }
            for line in lines
        ],
        "count": len(lines),
        "top": x(head),
        "total_fen": str(total),
        "root": x(root(kind, lines)),
        "inclusions": [
            {
                "index": index,
                "path_hashes": [x(node) for node, _ in path(lines, index)],
                "path_sums": [str(amount) for _, amount in path(lines, index)],
            }
            for index in picks
        ],
    }


def sum_tree() -> dict[str, Any]:
    counts = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33]
    cases = [
        sum_case(f"{n} lines", RUN + n % 4, [7_500 + 13 * i for i in range(n)]) for n in counts
    ]
    cases += [
        sum_case("amount 0", RUN, [0]),
        sum_case("amount 1", CREDITED, [1]),
        sum_case("amount 2^63", RETURNED, [2**63]),
        sum_case("amount 2^128 - 1", ROSTER, [U128]),
        sum_case(
            "amounts 0, 1, 2^63 and the rest of 2^128 - 1", RUN, [0, 1, 2**63, U128 - 2**63 - 1]
        ),
    ]
    refused = [
        {"name": "two lines over 2^128 - 1", "amounts": [str(U128), "1"]},
        {"name": "three lines over 2^128 - 1", "amounts": [str(2**127), str(2**127 - 1), "1"]},
    ]
    return {
        "origin": "own: recursion of RFC 9162 §2.1 with the hashes of docs/format.md §3",
        "cases": cases,
        "overflow_refused": refused,
    }


CT_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def log_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return h(b"\x01", log_root(leaves[:k]), log_root(leaves[k:]))


def log_path(leaves: list[bytes], index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*log_path(leaves[:k], index), log_root(leaves[k:])]
    return [*log_path(leaves[k:], index - k), log_root(leaves[:k])]


def subproof(m: int, leaves: list[bytes], *, complete: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if complete else [log_root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], complete=complete), log_root(leaves[k:])]
    return [*subproof(m - k, leaves[k:], complete=False), log_root(leaves[:k])]


def log_tree() -> dict[str, Any]:
    leaves = [h(b"\x00", bytes.fromhex(item)) for item in CT_INPUTS]
    roots = [log_root(leaves[: n + 1]).hex() for n in range(len(leaves))]
    assert roots == CT_ROOTS, "the published roots must come out of the definitions"
    big = [h(b"\x00", u(i, 4)) for i in range(130)]
    sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 64, 65, 127, 128, 129, 130]
    pairs = [(a, b) for a in (1, 2, 3, 4, 6, 7, 8, 16, 31, 64, 65, 127) for b in sizes if a < b]
    return {
        "origin": "roots of the eight published leaves: certificate-transparency reference tests, "
        "used by RFC 6962 and RFC 9162 implementations; paths and proofs: own, by the recursion of "
        "RFC 9162 §2.1.3.1 and §2.1.4.1",
        "published_inputs": ["0x" + item for item in CT_INPUTS],
        "published_roots": ["0x" + item for item in CT_ROOTS],
        "empty_root": x(h(b"")),
        "inclusions": [
            {
                "index": index,
                "size": size,
                "leaf": x(big[index]),
                "root": x(log_root(big[:size])),
                "path": [x(node) for node in log_path(big[:size], index)],
            }
            for size in sizes
            for index in sorted({0, size // 2, size - 1})
        ],
        "consistency": [
            {
                "old_size": old,
                "new_size": new,
                "old_root": x(log_root(big[:old])),
                "new_root": x(log_root(big[:new])),
                "path": [x(node) for node in subproof(old, big[:new], complete=True)],
            }
            for old, new in pairs
        ],
    }


def payment_ids() -> dict[str, Any]:
    key = h(b"vector programme key")
    payee = "cn-id:190102194801011234"
    duty_json = (
        f'{{"element":"base","payee":"{payee}","period":"2026-10","programme":"OAA"}}'
    ).encode()
    duty = hmac.new(key, duty_json, "sha256").digest()
    linkage = h(b"vector linkage key")
    salt = h(b"vector salt")
    value = '{"id_number":"190102194801011234","name":"张三"}'.encode()
    return {
        "origin": "own: the table of docs/format.md §3",
        "programme_key": x(key),
        "duty_json": duty_json.decode(),
        "duty_id": x(duty),
        "payment_ids": [
            {"attempt": n, "payment_id": x(h(b"\x07", duty, u(n, 4)))} for n in (0, 1, 2, 2**32 - 1)
        ],
        "linkage_key": x(linkage),
        "payee_ref": x(hmac.new(linkage, f'"{payee}"'.encode(), "sha256").digest()),
        "commitment": {
            "salt": x(salt),
            "value": value.decode(),
            "commitment": x(h(b"\x03", salt, value)),
        },
        "record": {
            "canonical": '{"a":"乙","b":1}',
            "digest": x(h(b"\x02", '{"a":"乙","b":1}'.encode())),
        },
    }


BASIS = "Basis(bytes32 evidence,bytes32 document,uint64 signedAt,uint64 deadline)"
TYPES = {
    "SeatAgency": (
        "Registry",
        "bytes32 agency,uint8 kind,bytes32 parent,uint64 region,string name",
    ),
    "SeatOfficer": (
        "Registry",
        "address key,bytes32 agency,uint32 person,uint32 roles,uint64 validFrom,uint64 validUntil",
    ),
    "RevokeOfficer": ("Registry", "address key,bytes32 reason"),
    "RegisterProgramme": (
        "Registry",
        (
            "bytes32 programme,bytes32 agency,uint8 payeeKind,uint64 noticeSeconds,"
            "uint128[] ladderFen,bytes32[] feeds"
        ),
    ),
    "SetGovernors": ("Registry", "address[] keys,bytes32[] agencies,uint8 threshold"),
    "OpenFeed": ("EvidenceLog", "bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds"),
    "AnchorFeed": ("EvidenceLog", "bytes32 feed,uint64 size,bytes32 root"),
    "PublishNotice": (
        "EvidenceLog",
        (
            "bytes32 notice,bytes32 programme,bytes32 period,bytes32 root,uint128 totalFen,"
            "uint64 count,uint64 opensAt,uint64 closesAt"
        ),
    ),
    "Allot": (
        "FundLedger",
        "bytes32 id,bytes32 fund,bytes32 programme,uint16 year,bytes32 agency,uint128 amountFen",
    ),
    "PassOn": (
        "FundLedger",
        "bytes32 id,bytes32 parent,bytes32 fund,bytes32 agency,uint128 amountFen",
    ),
    "Prepare": (
        "FundLedger",
        (
            "bytes32 run,bytes32 fund,bytes32 notice,bytes32 reissueOf,bytes32 period,bytes32 root,"
            "uint128 totalFen,uint64 count"
        ),
    ),
    "Review": ("FundLedger", "bytes32 run,bytes32 root,uint128 totalFen"),
    "Approve": ("FundLedger", "bytes32 run,bytes32 root,uint128 totalFen"),
    "Release": ("FundLedger", "bytes32 run,bytes32 bank,bytes32 voucher,uint128 amountFen"),
    "Settle": (
        "FundLedger",
        "bytes32 batch,bytes32 run,uint8 kind,bytes32 root,uint128 totalFen,uint64 count",
    ),
    "Reject": ("FundLedger", "bytes32 run,bytes32 reason"),
    "NameContract": ("Registry", "bytes32 name,address at"),
    "RotateFeed": ("EvidenceLog", "bytes32 feed,bytes32 vkeyDigest,uint64 cadenceSeconds"),
    "Recall": ("FundLedger", "bytes32 id,bytes32 fund,uint128 amountFen"),
    "Close": ("FundLedger", "bytes32 id,bytes32 fund"),
    "Cancel": ("FundLedger", "bytes32 run,bytes32 reason"),
    "Hold": ("FundLedger", "bytes32 run,uint64 until,bytes32 reason"),
    "Lift": ("FundLedger", "bytes32 run,bytes32 reason"),
}
CHAIN_ID = 19010
CONTRACTS = {
    "Registry": "0x" + "11" * 20,
    "EvidenceLog": "0x" + "22" * 20,
    "FundLedger": "0x" + "33" * 20,
}


def sample(kind: str, seed: str) -> Any:
    if kind.endswith("[]"):
        return [sample(kind[:-2], f"{seed}/{i}") for i in range(2)]
    noise = h(b"vector", seed.encode())
    if kind == "bytes32":
        return x(noise[:1].hex().encode().ljust(32, b"\0"))  # a two-character code
    if kind == "address":
        return x(noise[:20])
    if kind == "string":
        return "云州市财政局"
    return str(int.from_bytes(noise, "big") % 2 ** int(kind[4:]))


def typed(members: str) -> list[dict[str, str]]:
    pairs = (item.split(" ") for item in members.split(","))
    return [{"name": name, "type": kind} for kind, name in pairs]


def statements() -> dict[str, Any]:
    cases = []
    basis_members = BASIS.removeprefix("Basis(").removesuffix(")")
    for name, (contract, members) in TYPES.items():
        message = {m["name"]: sample(m["type"], f"{name}.{m['name']}") for m in typed(members)}
        basis = {
            "evidence": x(h(b"evidence", name.encode())),
            "document": x(h(b"document", name.encode())),
            "signedAt": "1790000000",
            "deadline": "1790086400",
        }
        full = {
            "types": {
                "EIP712Domain": typed(
                    "string name,string version,uint256 chainId,address verifyingContract"
                ),
                name: [*typed(members), {"name": "basis", "type": "Basis"}],
                "Basis": typed(basis_members),
            },
            "primaryType": name,
            "domain": {
                "name": "Fundtrail",
                "version": "1",
                "chainId": CHAIN_ID,
                "verifyingContract": CONTRACTS[contract],
            },
            "message": native({**message, "basis": basis}),
        }
        signable = encode_typed_data(full_message=full)
        type_string = f"{name}({members},Basis basis){BASIS}"
        cases.append(
            {
                "type": name,
                "contract": contract,
                "type_string": type_string,
                "type_hash": x(keccak(type_string.encode())),
                "message": {**message, "basis": basis},
                "struct_hash": x(signable.body),
                "domain_separator": x(signable.header),
                "digest": x(keccak(b"\x19\x01" + signable.header + signable.body)),
            }
        )
    return {
        "origin": "own messages, hashed by eth-account's EIP-712 encoder",
        "chain_id": CHAIN_ID,
        "contracts": CONTRACTS,
        "cases": cases,
    }


def native(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: native(item) for key, item in value.items()}
    if isinstance(value, list):
        return [native(item) for item in value]
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value


VECTORS = {
    "sum_tree.json": sum_tree,
    "log_tree.json": log_tree,
    "payment_id.json": payment_ids,
    "statements.json": statements,
}


def render(name: str) -> str:
    return json.dumps(VECTORS[name](), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for file_name in VECTORS:
        (HERE / file_name).write_text(render(file_name), encoding="utf-8")
