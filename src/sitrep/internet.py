"""Which network addresses are of the public internet, and which are of this machine or its own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

Address = IPv4Address | IPv6Address


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and not of this machine or its network."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(one) for one in (ip, *_hidden_in(ip)))


def _is_global(ip: Address) -> bool:
    return ip.is_global and not (
        ip.is_private
        or ip.is_loopback
        or ip.is_link_local
        or ip.is_multicast
        or ip.is_reserved
        or ip.is_unspecified
    )


def _hidden_in(ip: Address) -> tuple[Address, ...]:
    """IPv4 addresses that an IPv6 address leads on to: mapped, 6to4 and Teredo ones."""
    if isinstance(ip, IPv4Address):
        return ()
    found: list[Address | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    return tuple(one for one in found if one is not None)
