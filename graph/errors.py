"""Every error that a person can meet, declared once (错误目录): a stable code, what happened, what to do.

Each message is one line and names what, where and the remedy; it never holds credentials. The same codes leave
through the command line, the rejects and the GraphQL API. `docs/errors.md` is checked against this table.
"""

from __future__ import annotations

from typing import Final

from graph.language import Text

MESSAGES: Final[dict[str, Text]] = {
    # the graph and its engine
    "graph.missing": Text(
        "找不到图谱 {graph}。请先运行 liantu init，或用 --graph 指定已有的图谱。",
        "There is no graph at {graph}. Run `liantu init` first, or name an existing one with --graph.",
    ),
    "graph.folder": Text(
        "文件夹 {graph} 里有别的文件（{files}），图谱需要自己的文件夹。请另给一个新的，如 --graph {free}。",
        "The folder {graph} holds other files ({files}); a graph needs a folder of its own. Name a new one, such as "
        "--graph {free}.",
    ),
    "graph.locked": Text(
        "图谱正由 {holder} 写入。请等它结束后再试；若该进程已不存在，重试即可。",
        "The graph is being written by {holder}. Wait until it ends and try again.",
    ),
    "graph.damaged": Text(
        "图谱文件 {file} 无法打开（已损坏或不完整）。{remedy}",
        "The graph file {file} cannot be opened (damaged or truncated). {remedy}",
    ),
    "graph.unwritable": Text(
        "无法写入图谱目录（{file}：{reason}）。图谱保持原样；请检查磁盘空间和权限后再试。",
        "The directory of the graph cannot be written ({file}: {reason}). The graph is as it was; "
        "see to space and permissions and try again.",
    ),
    "graph.outdated": Text(
        "图谱 {graph} 由另一版本的 liantu 建立，表结构不同。"
        "请换一个目录（或数据库），重新运行 liantu init 和 liantu ingest。",
        "The graph {graph} was made by another version of liantu, with other tables. "
        "Run `liantu init` and `liantu ingest` again into another directory or database.",
    ),
    "graph.unsupported": Text(
        "不支持的图谱地址 {graph}。请给出目录路径，或 Neo4j 的地址（如 neo4j://host:7687）。",
        "The graph address {graph} is not supported. Give the path of a directory, or the URL of a Neo4j server "
        "(such as neo4j://host:7687).",
    ),
    "graph.busy": Text(
        "查询 {query} 超过 {seconds} 秒未完成，已取消。请缩小范围后再试。",
        "The query {query} ran longer than {seconds} s and was cancelled. Narrow it and try again.",
    ),
    "graph.unreachable": Text(
        "连不上图数据库 {graph}：{reason}。请检查地址与网络，确认服务器已启动。",
        "The graph database {graph} cannot be reached: {reason}. Check the address, and that the server is up.",
    ),
    "graph.credentials": Text(
        "图数据库 {graph} 不接受所给的用户名、密码或权限不足。请检查 LIANTU_NEO4J_USER 和 LIANTU_NEO4J_PASSWORD。",
        "The graph database {graph} refuses the user, the password or what the user may do. "
        "Check LIANTU_NEO4J_USER and LIANTU_NEO4J_PASSWORD.",
    ),
    "graph.database": Text(
        "图数据库 {graph} 中没有名为“{database}”的数据库。请检查 LIANTU_NEO4J_DATABASE。",
        "The server {graph} has no database {database!r}. Check LIANTU_NEO4J_DATABASE.",
    ),
    "graph.version": Text(
        "图数据库 {graph} 的版本（{version}）过旧，需要 Neo4j {oldest} 或更新版本。",
        "The graph database {graph} is too old ({version}): Neo4j {oldest} or newer is needed.",
    ),
    "graph.constraint": Text(
        "图数据库 {graph} 的约束不容许写入：{reason}。图谱未改变。请删去不是 liantu 建立的约束，或为 liantu 另设数据库。",
        "A constraint of the database {graph} does not allow what was to be written: {reason}. The graph has not "
        "changed. Drop the constraints that liantu did not make, or give liantu a database of its own.",
    ),
    "graph.expired": Text(
        "读取期间图谱已更新多次，所读版本已被清理。请重试；长时间读取可调大 LIANTU_NEO4J_GRACE。",
        "The version that was being read has been cleared by later loads. Try again; for long reads raise "
        "LIANTU_NEO4J_GRACE.",
    ),
    "graph.lost": Text(
        "这次装载停顿太久，已被其他装载清理，图谱未改变。请重新运行。",
        "This load stood still too long and was cleared by another; the graph has not changed. Run it again.",
    ),
    # moving a graph
    "copy.same": Text(
        "来源与目标是同一个图谱（{graph}）。请给出另一个目标。",
        "Origin and target are the same graph ({graph}). Name another target.",
    ),
    "copy.occupied": Text(
        "目标图谱 {graph} 中有 {count} 个来源不在原图谱中（如 {example}）。"
        "请复制到空的图谱；若要使目标与原图谱完全一致，用 --mirror 将它们撤出。",
        "The target {graph} holds {count} sources that the origin lacks (such as {example}). "
        "Copy into an empty graph, or take them out with --mirror.",
    ),
    "copy.changed": Text(
        "复制期间原图谱有变动（来源 {source}）。请再运行一次，已复制的部分不会重做。",
        "The origin changed while it was copied (source {source}). Run it again: what was copied stays.",
    ),
    "copy.differs": Text(
        "复制后核对不一致：{what}。请确认没有别的程序在写入目标，再运行一次。",
        "The copy does not agree with its origin: {what}. See that nobody else writes into the target and run it again.",
    ),
    "export.occupied": Text(
        "文件夹 {folder} 不是空的。请另给一个。",
        "The folder {folder} is not empty. Name another.",
    ),
    # the ontology and claims
    "claim.kind": Text(
        "本体中没有“{kind}”这一类。可用的类别见 docs/ontology.md。",
        "The ontology has no kind {kind!r}. See docs/ontology.md for those there are.",
    ),
    "claim.ends": Text(
        "关系 {kind} 不能从 {head} 连到 {tail}。",
        "An edge {kind} cannot join {head} to {tail}.",
    ),
    "claim.property": Text(
        "{kind} 没有属性“{name}”，或值 {value!r} 的类型不对（应为 {expected}）。",
        "{kind} has no property {name!r}, or its value {value!r} is not of type {expected}.",
    ),
    "claim.evidence": Text(
        "{kind} 的依据不完整：{reason}。",
        "The evidence of {kind} is incomplete: {reason}.",
    ),
    # queries and names that a user gives
    "query.unknown": Text(
        "没有名为“{name}”的查询。运行 liantu query 查看全部。",
        "There is no query called {name!r}. Run `liantu query` to list them.",
    ),
    "query.parameter": Text(
        "查询 {name} 的参数不对：{reason}。",
        "Wrong parameters for the query {name}: {reason}.",
    ),
    "query.refused": Text(
        "该查询不予运行：{reason}。这里只能读取图谱。",
        "The query is refused: {reason}. Here the graph can only be read.",
    ),
    "query.invalid": Text(
        "查询无法运行：{reason}。",
        "The query cannot be run: {reason}.",
    ),
    "question.unknown": Text(
        "没有名为“{name}”的问题。运行 liantu gaps 查看全部。",
        "There is no question called {name!r}. Run `liantu gaps` to list them.",
    ),
    "question.parameter": Text(
        "参数 {name} 的值“{value}”不对，应为 {expected}。",
        "The parameter {name} cannot be {value!r}: give {expected}.",
    ),
    "release.missing": Text(
        "找不到发布文件 {file}。用 liantu release 文件名 保存一次发布。",
        "There is no release {file}. Save one with `liantu release FILE`.",
    ),
    "release.exists": Text(
        "发布文件 {file} 已存在，不会覆盖。请换一个文件名。",
        "The release {file} is there already and is not overwritten. Give another name.",
    ),
    "release.unreadable": Text(
        "{file} 不是可读的发布文件（{reason}）。请用 liantu release 重新保存。",
        "{file} is no release that can be read ({reason}). Save one with `liantu release FILE`.",
    ),
    "release.unwritable": Text(
        "无法写入发布文件 {file}：{reason}。请检查目录和空间后再试。",
        "The release {file} cannot be written: {reason}. Check the folder and the space, and try again.",
    ),
    "question.single": Text(
        "{form} 一次只写一个问题。请指定问题，或用 --format json，或写入 .xlsx 工作簿（-o）。",
        "As {form}, one question at a time: name it, or use --format json, or write a workbook (-o, .xlsx).",
    ),
    "node.unknown": Text(
        "图谱中没有“{name}”。可用 liantu find 按名称查找。",
        "The graph has nothing called {name!r}. Look it up with `liantu find`.",
    ),
    "assumption.words": Text(
        "看不懂这条假设：“{words}”。写法：{expected}。",
        "This assumption is not understood: {words!r}. Write {expected}.",
    ),
    "assumption.many": Text(
        "假设太长：最多 {lines} 条、{characters} 个字。请分几次问。",
        "Too much is assumed: at most {lines} changes, {characters} characters. Ask in several parts.",
    ),
    "assumption.nothing": Text(
        "“{words}”：图谱中两者之间没有这样的联系，无从脱离。",
        "{words!r}: the graph links the two in no such way, so there is nothing to part.",
    ),
    "assumption.unknown": Text(
        "“{words}”：原来的人数未知，不能减。请用 = 写出减后的人数。",
        "{words!r}: nobody knows how many there are, so none can be taken off. Give the number that is left, with =.",
    ),
    "assumption.levels": Text(
        "“{words}”：原来的需求分几个学历层次（{levels}），请在岗位后面的括号里写明层次。",
        "{words!r}: the need is told for several levels ({levels}). Name one in brackets after the post.",
    ),
    "node.ambiguous": Text(
        "“{name}”对应多个节点：{candidates}。请给出其中一个的标识。",
        "{name!r} names several nodes: {candidates}. Give the id of one.",
    ),
    "source.unknown": Text(
        "图谱中没有来源“{name}”。运行 liantu stats 查看全部来源。",
        "The graph has no source {name!r}. Run `liantu stats` to list them.",
    ),
    "source.ambiguous": Text(
        "“{name}”对应多个来源：{candidates}。请给出其中一个的标识。",
        "{name!r} names several sources: {candidates}. Give the id of one.",
    ),
    "judgement.header": Text(
        "{file} 的表头缺少 {columns}，其中的判定均未采用。表头应为 {all}。",
        "The header of {file} lacks {columns}: none of its judgements counts. The header is {all}.",
    ),
    "judgement.ids": Text(
        "{file} 第 {line} 行没有两个标识（left、right），这条判定未采用。",
        "Line {line} of {file} has not two ids (left, right): this judgement does not count.",
    ),
    "judgement.verdict": Text(
        "{file} 第 {line} 行的判定“{value}”无法识别，未采用。请写 same（同一）或 different（不同）。",
        "Line {line} of {file} has the verdict {value!r}: this judgement does not count. Write same or different.",
    ),
    "setting.invalid": Text(
        "设置 {name} 的值 {value!r} 无效：{reason}。",
        "The setting {name} has an invalid value {value!r}: {reason}.",
    ),
    # files
    "file.missing": Text("找不到文件 {file}。", "There is no file {file}."),
    "file.exists": Text(
        "文件 {file} 已存在。请换个名称，或用 --force 覆盖。",
        "There is a file {file} already. Choose another name, or replace it with --force.",
    ),
    "file.changed": Text(
        "文件 {file} 在读取时被改动，未入库。请在改完后再次入库。",
        "The file {file} was changed while it was being read, and was left out. Ingest it again when it is done.",
    ),
    "file.empty": Text("文件 {file} 是空的。", "The file {file} is empty."),
    "file.no_article": Text(
        "网页 {file} 中没有正文（多由脚本显示）。请在浏览器中打开，待正文显示后另存。",
        "The page {file} holds no article (a script shows it). Open it in a browser, wait for the article and save it.",
    ),
    "file.type": Text(
        "不支持的文件类型：{file}。支持：{supported}。",
        "The type of {file} is not supported. Supported: {supported}.",
    ),
    "file.old": Text(
        "文件 {file} 的内容是旧版 Office 文件（.doc、.xls、.wps 等）。请另存为 .docx 或 .xlsx。",
        "The file {file} is of an old office format (.doc, .xls, .wps and their like). Save it as .docx or .xlsx.",
    ),
    "file.encoding": Text(
        "文件 {file} 的编码无法识别。请另存为 UTF-8 或 GB18030。",
        "The encoding of {file} cannot be recognised. Save it as UTF-8 or GB18030.",
    ),
    "file.unreadable": Text("文件 {file} 无法读取：{reason}。", "The file {file} cannot be read: {reason}."),
    "file.form": Text(
        "{file} 应是工作簿，要写出的却是文字。请不要用 --format json，或换一个后缀（如 .json、.txt）。",
        "{file} would be a workbook, and this is text. Do not say --format json, or name a file with another suffix "
        "(such as .json or .txt).",
    ),
    "file.unwritable": Text(
        "文件 {file} 无法写入：{reason}。请检查文件夹是否存在、权限和空间；文件若在别的程序中打开，请先关闭。",
        "The file {file} cannot be written: {reason}. See whether its folder exists, may be written and has space; "
        "close the file where another program has it open.",
    ),
    "file.encrypted": Text(
        "文件 {file} 已加密。请去除密码后再试。",
        "The file {file} is encrypted. Remove the password and try again.",
    ),
    "file.scanned": Text(
        "文件 {file} 没有文字层（像是扫描件），也没有识别出文字。请安装 liantu[ocr]，或先做文字识别。",
        "The file {file} has no text layer (it looks scanned) and no words were recognised in it. "
        "Install liantu[ocr], or run text recognition on it first.",
    ),
    "file.too_large": Text(
        "文件 {file} 超出上限（{size}，上限 {limit}）。",
        "The file {file} is over the limit ({size}, limit {limit}).",
    ),
    "file.crashed": Text(
        "读取文件 {file} 的进程意外终止，该文件已跳过。",
        "The process that read {file} ended abruptly; the file was left out.",
    ),
    "file.slow": Text(
        "读取文件 {file} 超过 {seconds} 秒，已放弃。",
        "Reading {file} took longer than {seconds} s and was given up.",
    ),
    "file.unsafe": Text(
        "文件 {file} 含有不安全的内容（{reason}），已拒收。",
        "The file {file} holds unsafe content ({reason}) and was refused.",
    ),
    # annotated passages, and those whose text lies elsewhere
    "gold.doubtful": Text(
        "{file} 第 {line} 行的 {field}：{reason}。仍照此计分，请核对。",
        "Line {line} of {file}, {field}: {reason}. It is scored as it stands; please check it.",
    ),
    "gold.elsewhere": Text(
        "{file} 第 {line} 行标注的是 {text} 中的文字，文字不在标注文件里。请用 --texts 指定存放这些文本的目录。",
        "Line {line} of {file} annotates words of {text}, which the file does not hold. "
        "Name the folder of the texts with --texts.",
    ),
    "gold.missing": Text(
        "{file} 第 {line} 行所指的记录（{record}）在 {text} 中找不到。请确认 --texts 指向正确的目录和版本。",
        "The record that line {line} of {file} points to ({record}) is not in {text}. "
        "See that --texts names the right folder.",
    ),
    "gold.changed": Text(
        "{file} 第 {line} 行标注的文字与 {text} 中的记录（{record}）不符（哈希不同）。请换用标注时的文本，或重新标注。",
        "The words that line {line} of {file} annotates have changed in {text} ({record}): their hash differs. "
        "Use the text that was annotated, or annotate it again.",
    ),
    # records
    "record.kind": Text(
        "{file} 的表头与任何记录类型都不相符：{headers}。可用 liantu template 查看各类型的表头。",
        "The headers of {file} fit no record kind: {headers}. See them with `liantu template`.",
    ),
    "record.kind_unknown": Text(
        "没有名为“{name}”的记录类型。可用：{known}。",
        "There is no record kind {name!r}. There are: {known}.",
    ),
    "record.header_missing": Text(
        "{file} 缺少必填列：{columns}。请加上这些列，逐行填写；"
        "已有而名称不同的，用 liantu inspect 文件 --column 表头=列名 --save 指明。",
        "{file} lacks the required columns: {columns}. Add them, filled in on every row; where one is there under "
        "another name, say so by `liantu inspect FILE --column HEADER=COLUMN --save`.",
    ),
    "record.title": Text(
        "{file} 的表里没有{columns}，标题“{title}”也没有说清。请在表中加上这一列，或把标题写成只含一所学校和一个年份，"
        "如“某某职业学院2025年招生计划”。",
        "{file} has no column of {columns}, and its title {title!r} does not tell it clearly. Add the column, or "
        "write a title with one school and one year, such as 某某职业学院2025年招生计划.",
    ),
    "record.ended": Text(
        "{file} 的标题“{title}”说的是已撤销、停招、退出、终止或未通过的，不能当作现有的读入。"
        "若表中各项仍然有效，请改写标题；有效和失效的请分成两张表。",
        "The title {title!r} of {file} speaks of what was revoked, ended, left or refused, so it is not read as what is "
        "there. Write another title if it still holds; give what holds and what does not a table each.",
    ),
    "record.header_double": Text(
        "{file} 的列“{column}”说的是同一项，只能有一列。"
        "请删去一列，或用 liantu inspect 文件 --column 表头= --save 略去。",
        "The columns {column!r} of {file} mean the same, and one alone can count. Remove one, or leave it out by "
        "`liantu inspect FILE --column HEADER= --save`.",
    ),
    "record.header_below": Text(
        "从这一行起是另一张表的表头，其后 {number} 行没有读取。请把那张表移到另一张工作表或另一个文件。",
        "Here begins another table with a header of its own; {number} rows below it were not read. Move that table to "
        "another sheet or file.",
    ),
    "record.unit": Text(
        "{file} 的“{columns}”没有写明认得的单位，不能当作元或个数读入。请写成（元）、（万元）、（亿元）、（人）或"
        "（万人），外币请先换算；用不到的列用 liantu inspect 文件 --column 表头= --save 略去。",
        "The unit of {columns!r} of {file} is not known, and figures are not taken for yuan or single ones. Write "
        "（元）, （万元）, （亿元）, （人） or （万人）, convert foreign money first, or leave the column out by "
        "`liantu inspect FILE --column HEADER= --save`.",
    ),
    "record.required": Text("必填项为空。", "A required value is empty."),
    "record.no_name": Text(
        "这里没有写出名称（未定、见附件、只写家数等）。请写出名称；没有的，删去这一行。",
        "No name is written here (undecided, see annex, a number). Write the name, or delete the row if there is none.",
    ),
    "record.number": Text("应为数字。", "Should be a number."),
    "record.whole_number": Text("应为非负整数。", "Should be a whole number, not negative."),
    "record.date": Text(
        "应为日期（如 2023-10-27 或 2023-10）。", "Should be a date (2023-10-27 or 2023-10)."
    ),
    "record.choice": Text("应为以下之一：{choices}。", "Should be one of: {choices}."),
    "record.code": Text("代码格式不对：{expected}。", "The code has the wrong form: {expected}."),
    "record.too_long": Text(
        "内容过长（上限 {limit} 字）。", "The value is too long (limit {limit} characters)."
    ),
    "record.columns": Text(
        "该行有 {found} 列，表头为 {expected} 列。", "The row has {found} columns, the header {expected}."
    ),
    "record.quotes": Text(
        "引号没有配对，把 {number} 行并进了一格；请在原文件中补上或去掉引号，再整份入库。",
        "A quotation mark is not closed and took {number} lines into one cell. Close or remove it in the file, and "
        "ingest the file again.",
    ),
    "record.year": Text("应为年份（如 2024）。", "Should be a year (such as 2024)."),
    "record.several": Text(
        "此列只填一个值；多个值请分行填写。", "This column takes one value; write a row for each of several."
    ),
    "record.shared": Text(
        "这一格有多个名称，“{column}”却只有一个，不知属于谁；请分行填写。",
        "The cell has several names and {column} is one: whose is it? Write a row for each name.",
    ),
    "record.pairing": Text(
        "“{left}”和“{right}”都有多个名称，不知谁对应谁；请分行填写。",
        "Both {left} and {right} have several names: who goes with whom? Write a row for each pair.",
    ),
    "record.correction": Text(
        "第一列应为发出时的更正编号，请勿改动；新增的行请放在另一张表里。",
        "The first column holds the correction numbers as they went out: leave them, and put new rows in another table.",
    ),
    "record.body": Text(
        "无法从名称判断“{name}”的类型。请填写“{column}”列。",
        "The name {name!r} does not show what kind of body it is. Fill in the column {column}.",
    ),
    "database.driver": Text(
        '缺少读取该数据库所需的组件 {name}。请安装：pip install "liantu[database]" 及其驱动'
        "（liantu[mysql]、liantu[postgresql]、liantu[oracle]；达梦为 dmPython、dmSQLAlchemy）。",
        "Reading this database needs {name}. Install liantu[database] and the driver of the database (liantu[mysql], "
        "liantu[postgresql], liantu[oracle]; for 达梦 dmPython and dmSQLAlchemy).",
    ),
    "database.unreachable": Text(
        "无法连接数据库 {name}（{reason}）。请检查地址、用户和密码（LIANTU_DATABASE_PASSWORD）。",
        "Cannot connect to the database {name} ({reason}). Check address, user and password (LIANTU_DATABASE_PASSWORD).",
    ),
    "database.empty": Text(
        "数据库 {name} 中没有可识别的记录表。", "The database {name} has no table of a record kind."
    ),
    "database.lost": Text(
        "未能读完 {name}（已读 {rows} 行，{reason}）。该表未入库，原有内容不变；请检查连接和读取权限后重试。",
        "{name} could not be read to its end (after {rows} rows, {reason}). The table was not taken, what was there "
        "before stays. Check the connection and the right to read it, and try again.",
    ),
    "record.column_unknown": Text(
        "没有“{name}”这一列。可用：{known}。", "There is no column {name!r}. There are: {known}."
    ),
    "record.mapping": Text(
        "表头对照文件 {file} 有误：{reason}。请更正，或用 liantu inspect 重新生成。",
        "The mapping {file} is wrong: {reason}. Correct it, or write it anew with `liantu inspect`.",
    ),
    "record.personal": Text(
        "此格含身份证号、手机号或邮箱，个人信息不入库。",
        "The cell holds an identity number, a mobile number or a mail address; what is about persons is not taken.",
    ),
    "record.duplicate": Text(
        "主键与前面一行相同，同一行不计两次。",
        "The key is that of an earlier row; a row is not counted twice.",
    ),
    "record.code_name": Text(
        "专业代码 {number} 在国家目录中是“{known}”，此处写作“{name}”；若为校内自编号，请勿填入此列。",
        "The code {number} is that of {known!r} in the national catalogue, not of {name!r}; a number of the school's own "
        "does not belong here.",
    ),
    "record.industry_name": Text(
        "行业代码 {number} 在 GB/T 4754 中是“{known}”，此处写作“{name}”；请核对，或只填其一。",
        "The code {number} is that of {known!r} in GB/T 4754, not of {name!r}: put one right, or give one alone.",
    ),
    # the trained networks
    "recognition.runtime": Text(
        "无法载入 onnxruntime（{reason}），不能用训练好的网络识别名称。Windows 上请安装 Microsoft Visual C++ "
        "可再发行组件（x64）；或加 --no-recognition（LIANTU_RECOGNITION=0），只按规则读取。",
        "onnxruntime cannot be loaded ({reason}), so the trained network cannot read names. On Windows install the "
        "Microsoft Visual C++ Redistributable (x64), or read by the rules alone: --no-recognition "
        "(LIANTU_RECOGNITION=0).",
    ),
    # the language model
    "model.client": Text(
        "询问语言模型需要 {name}。请安装 liantu[llm]。",
        "Asking a language model needs {name}. Install liantu[llm].",
    ),
    "model.address": Text(
        "语言模型的设置不对：{reason}。请检查 LIANTU_MODEL_ADDRESS（如 http://127.0.0.1:8000/v1）等设置。",
        "The settings of the language model are wrong: {reason}. Check LIANTU_MODEL_ADDRESS (such as "
        "http://127.0.0.1:8000/v1) and the others.",
    ),
    "model.unreachable": Text(
        "语言模型 {address} 没有可用的应答：{reason}。此处只按规则抽取，内容不丢；排除后再运行一次即可补上。",
        "The language model at {address} gives no usable answer: {reason}. Here the rules read alone and nothing is "
        "lost; run it again once that is put right.",
    ),
    # the API
    "api.too_deep": Text(
        "查询过深（{depth}，上限 {limit}）。", "The query is too deep ({depth}, limit {limit})."
    ),
    "api.too_large": Text(
        "查询过大：{found} {what}，上限 {limit}。", "The query is too large: {found} {what}, limit {limit}."
    ),
    "api.busy": Text(
        "正在计算的回答太多（上限 {limit}）。请稍后再试。",
        "Too many answers are being worked out (limit {limit}). Try again later.",
    ),
    "api.page": Text("分页参数不对：{reason}。", "Wrong paging arguments: {reason}."),
    "api.invalid": Text("查询语法或字段不对：{reason}。", "The query is not valid: {reason}."),
    "api.internal": Text("服务器内部错误，编号 {reference}。", "Internal error, reference {reference}."),
    "serve.address": Text(
        "无法监听 {address}：{reason}。请换一个 --port 或 --host。",
        "Cannot listen at {address}: {reason}. Choose another --port or --host.",
    ),
    "internal": Text(
        "内部错误：{reason}。请把这一行连同所用命令报告给维护者。",
        "Internal error: {reason}. Report this line and the command to the maintainers.",
    ),
}


class LiantuError(Exception):
    """An error with a stable `code` of `MESSAGES` and the values of its message."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code, values)

    def __str__(self) -> str:
        return " ".join(MESSAGES[self.code].format(**self.values).split())

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with the values intact."""
        return _rebuild, (self.code, self.values)


def _rebuild(code: str, values: dict[str, object]) -> LiantuError:
    return LiantuError(code, **values)
