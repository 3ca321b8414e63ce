"""Triggers (触发词): words that say what two names have to do with each other, in classes of the same meaning.

A verb that no annotated passage has is known by its class.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CLASSES: Final = {
    name: re.compile(words)
    for name, words in {
        "build": "共建|建设|打造|组建|设立|建立|建成|成立|创建|筹建|揭牌|搭建|创办|建",
        "cooperate": "合作|签约|签署|协议|携手|联合|结对|牵手|战略|协同|共同|双方|校企|订单",
        "lead": "牵头|发起|理事长|主导|主任|秘书",
        "member": "成员|加入|组成|参与|参加|单位|等|吸纳|汇聚|联盟",
        "place": "位于|坐落|落户|入驻|地处|落地|驻|区内|园内|辖|设在|引进|引入|聚集|集聚|境内|落成|投产|总部|迁|选址|"
        "办学",
        "offer": "开设|开办|设有|招生|增设|专业|设置|新增|招收|开出",
        "serve": "服务|对接|面向|围绕|聚焦|支撑|立足|助力|紧贴|契合|瞄准|紧扣|适应|融入|需求|依托",
        "host": "拥有|建有|获批|承担|设|立项|认定|入选|获|授牌|挂牌|现有|创建",
        "industry": "主导|产业|形成|发展|布局|培育|做强|壮大|重点|支柱|集群|生产|研发|制造|从事|经营",
        "part": "包括|涵盖|包含|下设|下属|所属|隶属|旗下|子公司|分|含|由|组成",
        "demand": "需求|急需|招聘|缺口|岗位|紧缺|招",
        "train": "培养|培训|人才|就业|输送|学徒|订单|毕业",
        "document": "印发|发布|出台|制定|公布|通知|意见|方案",
        "open": "不|未|拟|将|计划|鼓励|支持|推动|如果|探索",
        "passive": "由|被|获|受",
    }.items()
}


@lru_cache(maxsize=8192)
def classes(word: str) -> frozenset[str]:
    """The classes of a word."""
    return frozenset(name for name, words in _CLASSES.items() if words.search(word))
