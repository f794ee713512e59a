"""What each custom error says to a clerk: Chinese first, English second.

`{arguments}` are those of the error in snake_case, already in words: codes as text, money in yuan,
times in China Standard Time. A test holds this table against the ABIs, both ways.
"""

WORDS: dict[str, tuple[str, str]] = {
    # Statements and their signers
    "AlreadyRecorded": (
        "这份签署文件已经上链,不会重复记录(摘要 {statement})。",
        "This statement is recorded already and is not recorded twice (digest {statement}).",
    ),
    "Codes_Malformed": (
        "代码不合规范:{code}。应为 1 至 31 位字母、数字、点、下划线或连字符,期间为 YYYY-MM。",
        "Malformed code {code}: expected 1 to 31 of [A-Za-z0-9._-], and a period as YYYY-MM.",
    ),
    "Statements_NoDocument": (
        "缺少文号:每份签署文件都必须写明所依据的文件。",
        "No document number: every statement cites the document it rests on.",
    ),
    "Statements_SignedInFuture": (
        "签署时间 {signed_at} 晚于区块时间 {block_time},请校准签署设备的时钟。",
        "Signed at {signed_at}, after the block's time {block_time}: check the signer's clock.",
    ),
    "Statements_DeadlinePassed": (
        "签署文件已过期:最迟 {deadline},区块时间 {block_time}。请重新签署。",
        "The statement was good until {deadline}, the block's time is {block_time}: sign again.",
    ),
    "Statements_SignatureLength": (
        "签名应为 65 字节,实为 {length} 字节。",
        "Expected a signature of 65 bytes, got {length}.",
    ),
    "Statements_SignatureMalleable": (
        "签名的 s 值过高,是另一签名的变造,不予接受。",
        "The signature's s is in the upper half order: a malleated twin of another signature.",
    ),
    "Statements_SignatureInvalid": (
        "签名无效,无法还原签署人。",
        "Not a valid signature: no signer can be recovered from it.",
    ),
    "Authority_NotSeated": (
        "签署人 {signer} 未登记为任何机构的人员;也可能是签给别的网络、合约或内容的签名。",
        "The signer {signer} holds no seat, or signed for another network, contract or content.",
    ),
    "Authority_NotYetValid": (
        "签署人 {signer} 的任期自 {valid_from} 起,尚未开始。",
        "The term of {signer} begins at {valid_from}, not yet.",
    ),
    "Authority_Expired": (
        "签署人 {signer} 的任期已于 {valid_until} 届满。",
        "The term of {signer} ended at {valid_until}.",
    ),
    "Authority_Revoked": (
        "签署人 {signer} 的密钥已在第 {revoked_block} 块撤销。",
        "The key {signer} was revoked in block {revoked_block}.",
    ),
    "Authority_RoleMissing": (
        "签署人 {signer} 没有所需的角色:需要 {required},现有 {held}。",
        "The signer {signer} lacks the role: expected {required}, has {held}.",
    ),
    "Authority_Superseded": (
        "本合约已由 {successor} 接替({name}),新事项请在新合约办理。",
        "The contract {successor} is {name} now: begin nothing new here.",
    ),
    # Registry
    "Registry_SignatureCount": (
        "需要恰好 {required} 位理事签名,收到 {given} 个。",
        "Expected exactly {required} governors' signatures, got {given}.",
    ),
    "Registry_SignersNotRising": (
        "理事签名须按地址从小到大排列且不得重复:{previous} 之后不能是 {next}。",
        "Signatures come in rising order of signers, none twice: {next} cannot follow {previous}.",
    ),
    "Registry_NotGovernor": ("{signer} 不是理事。", "{signer} is not a governor."),
    "Registry_GovernorsUneven": (
        "理事密钥 {keys} 个,机构 {agencies} 个,数目应当相同。",
        "Expected one agency per governor's key, got {keys} keys and {agencies} agencies.",
    ),
    "Registry_GovernorKey": (
        "理事密钥 {key} 为空或重复。",
        "The governor's key {key} is zero or appears twice.",
    ),
    "Registry_GovernorAgency": (
        "每位理事须来自不同机构:{agency} 为空或重复。",
        "Every governor is of another agency: {agency} is empty or appears twice.",
    ),
    "Registry_Threshold": (
        "签名门槛 {threshold} 不合规:不得少于 {minimum},不得多于理事人数 {governors}。",
        "Expected a threshold from {minimum} to the {governors} governors, got {threshold}.",
    ),
    "Registry_AgencyExists": (
        "机构 {agency} 已经登记。",
        "The agency {agency} is seated already.",
    ),
    "Registry_UnknownAgency": ("机构 {agency} 未登记。", "No agency {agency} is seated."),
    "Registry_UnknownKind": (
        "没有编号为 {kind} 的机构类别。",
        "There is no agency kind {kind}.",
    ),
    "Registry_WrongKind": (
        "机构 {agency} 应为{expected},实为{actual}。",
        "Expected {agency} to be a {expected}, it is a {actual}.",
    ),
    "Registry_TooDeep": (
        "机构 {agency} 的上级层数超过 {maximum} 层。",
        "The agency {agency} would answer over more than {maximum} levels.",
    ),
    "Registry_NoName": ("机构 {agency} 没有名称。", "The agency {agency} has no name."),
    "Registry_KeySeated": (
        "密钥 {key} 已登记过,不得再次登记;更换密钥请登记新密钥。",
        "The key {key} was seated before; an officer who changes keys gets a new one.",
    ),
    "Registry_NoKey": ("人员密钥为空。", "The officer's key is the zero address."),
    "Registry_NoPerson": (
        "密钥 {key} 没有对应的人员编号。",
        "The key {key} has no person number.",
    ),
    "Registry_UnknownRoles": (
        "角色为空或含有未定义的位:{roles}。",
        "The roles are none, or hold a bit that means nothing: {roles}.",
    ),
    "Registry_EmptyTerm": (
        "任期不合规:自 {valid_from} 至 {valid_until}。",
        "Expected a term that begins before it ends, got {valid_from} to {valid_until}.",
    ),
    "Registry_NotSeated": (
        "密钥 {key} 没有可撤销的登记。",
        "The key {key} holds no seat that could be revoked.",
    ),
    "Registry_NoReason": (
        "撤销密钥 {key} 须写明理由。",
        "The revocation of {key} gives no reason.",
    ),
    "Registry_UnknownPayeeKind": (
        "没有编号为 {payee_kind} 的收款人类别。",
        "There is no payee kind {payee_kind}.",
    ),
    "Registry_LadderNotRising": (
        "审批金额阶梯须逐级上升:{previous_fen} 之后不能是 {next_fen}。",
        "The approval ladder rises strictly: {next_fen} cannot follow {previous_fen}.",
    ),
    "Registry_LadderTooLong": (
        "审批金额阶梯最多 {maximum} 级,实为 {steps} 级。",
        "Expected at most {maximum} steps in the approval ladder, got {steps}.",
    ),
    "Registry_NoContract": ("地址 {at} 上没有合约。", "There is no contract at {at}."),
    "Registry_NamedBefore": (
        "{at} 曾登记为 {name},已被接替的合约不得恢复。",
        "The contract {at} was {name} before; what was succeeded does not come back.",
    ),
    "Registry_TermTooLong": (
        "任期至 {valid_until},最迟不得晚于 {latest}。",
        "The term would last until {valid_until}, expected {latest} at the latest.",
    ),
    # EvidenceLog
    "EvidenceLog_FeedExists": (
        "数据源 {feed} 已经开设。",
        "The feed {feed} is open already.",
    ),
    "EvidenceLog_UnknownFeed": ("没有数据源 {feed}。", "There is no feed {feed}."),
    "EvidenceLog_NoKey": (
        "数据源 {feed} 缺少验证公钥摘要。",
        "The feed {feed} names no verification key.",
    ),
    "EvidenceLog_NoCadence": (
        "数据源 {feed} 缺少更新周期。",
        "The feed {feed} promises no cadence.",
    ),
    "EvidenceLog_NotOwner": (
        "数据源 {feed} 属于 {owner},{agency} 无权锚定。",
        "The feed {feed} belongs to {owner}, not to {agency}.",
    ),
    "EvidenceLog_FeedNotGrown": (
        "数据源 {feed} 只能增长:已锚定 {anchored_size} 条,提交 {size} 条。",
        "The feed {feed} must grow: {anchored_size} entries are anchored, got {size}.",
    ),
    "EvidenceLog_NoticeExists": (
        "公示 {notice} 已经发布;名单有变须另发公示。",
        "The notice {notice} is published already; a changed roster needs a new notice.",
    ),
    "EvidenceLog_EmptyNotice": (
        "公示 {notice} 没有名单、金额或根哈希。",
        "The notice {notice} has no lines, no sum or no root.",
    ),
    "EvidenceLog_TooMuch": (
        "公示 {notice} 的金额 {total_fen} 超出记账上限。",
        "The notice {notice} comes to {total_fen}, which is beyond the ledger's range.",
    ),
    "EvidenceLog_WrongKind": (
        "只有{expected}可以公示,{agency} 是{actual}。",
        "Expected {agency} to be a {expected}, it is a {actual}.",
    ),
    "EvidenceLog_UnknownProgramme": (
        "项目 {programme} 未登记。",
        "No programme {programme} is registered.",
    ),
    "EvidenceLog_NoticeBackdated": (
        "公示 {notice} 的起始时间 {opens_at} 早于区块时间 {block_time}。",
        "The notice {notice} would open at {opens_at}, before the block's time {block_time}.",
    ),
    "EvidenceLog_NoticeTooShort": (
        "公示 {notice} 期限不足:{shown_seconds},应不少于 {required_seconds}。",
        "The notice {notice} lasts {shown_seconds}, expected at least {required_seconds}.",
    ),
    "LogTree_SizesFall": (
        "日志规模由 {first} 变为 {second},只能增长。",
        "A log cannot go from {first} entries to {second}.",
    ),
    "LogTree_ProofTooLong": (
        "一致性证明过长:{length} 项。",
        "The consistency proof is too long: {length} hashes.",
    ),
    "LogTree_ProofTooShort": (
        "一致性证明过短:{length} 项。",
        "The consistency proof is too short: {length} hashes.",
    ),
    "LogTree_RootMismatch": (
        "一致性证明不成立:应为 {expected},算得 {computed}。历史记录被改动过。",
        "The proof fails: expected {expected}, computed {computed}. Earlier entries were changed.",
    ),
    # FundLedger, its funds
    "FundLedger_TransferExists": (
        "指标流水号 {id} 已用于另一内容。",
        "The transfer {id} was used for another content.",
    ),
    "FundLedger_NoAmount": (
        "指标流水 {id} 的金额为零。",
        "The transfer {id} moves no money.",
    ),
    "FundLedger_TooMuch": (
        "资金 {fund} 已有 {granted_fen},再加 {amount_fen} 超出记账上限。",
        "The fund {fund} holds {granted_fen}; {amount_fen} more is beyond the ledger's range.",
    ),
    "FundLedger_NoYear": ("资金 {fund} 没有预算年度。", "The fund {fund} has no budget year."),
    "FundLedger_UnknownProgramme": (
        "项目 {programme} 未登记。",
        "No programme {programme} is registered.",
    ),
    "FundLedger_UnknownAgency": ("机构 {agency} 未登记。", "No agency {agency} is seated."),
    "FundLedger_FundClosed": (
        "资金 {fund} 已关闭,不再收支。",
        "The fund {fund} is closed and takes neither money nor runs.",
    ),
    "FundLedger_FundBusy": (
        "资金 {fund} 尚不能关闭:已占用 {committed_fen},未关闭的下级资金 {open_children} 个。",
        "The fund {fund} cannot close: {committed_fen} committed, {open_children} children open.",
    ),
    "FundLedger_NoParent": (
        "资金 {fund} 是顶层资金,没有上级可以收回。",
        "The fund {fund} is at the top; nobody recalls from it.",
    ),
    "FundLedger_UnknownFund": ("没有资金 {fund}。", "There is no fund {fund}."),
    "FundLedger_FundDiffers": (
        "资金 {fund} 已存在,但项目、年度、机构或上级资金不同。",
        "The fund {fund} exists with another programme, year, agency or parent.",
    ),
    "FundLedger_Overspend": (
        "资金 {fund} 可用 {available_fen},申请 {requested_fen},超支,已拒绝。",
        "The fund {fund} has {available_fen} available, {requested_fen} was asked for.",
    ),
    "FundLedger_WrongKind": (
        "机构 {agency} 应为{expected},实为{actual}。",
        "Expected {agency} to be a {expected}, it is a {actual}.",
    ),
    "FundLedger_WrongAgency": (
        "此事由 {expected} 办理,签署人属于 {actual}。",
        "The act is for {expected}, the signer is of {actual}.",
    ),
    # FundLedger, its runs
    "FundLedger_RunExists": ("批次 {run} 已存在。", "The run {run} exists already."),
    "FundLedger_EmptyRun": (
        "批次 {run} 没有明细、金额或根哈希。",
        "The run {run} has no lines, no sum or no root.",
    ),
    "FundLedger_NoNotice": (
        "批次 {run} 未引用公示,该项目须公示 {notice_seconds}。",
        "The run {run} cites no notice; its programme asks for one of {notice_seconds}.",
    ),
    "FundLedger_NoticeOpen": (
        "公示 {notice} 尚未期满,{closes_at} 之后方可编制。",
        "The notice {notice} is open until {closes_at}; the run cannot be prepared before.",
    ),
    "FundLedger_NoticeDiffers": (
        "批次 {run} 引用的公示 {notice} 不存在,或机构、项目、期间不符。",
        "The notice {notice} of run {run} is unknown or of another agency, programme or period.",
    ),
    "FundLedger_NotReturned": (
        "批次 {batch} 不是已登记的退票批次,不能补发。",
        "The batch {batch} is not one of returned payments and cannot be paid again.",
    ),
    "FundLedger_ReissueDiffers": (
        "补发批次 {run} 的资金、公示和期间须与原批次 {original} 相同。",
        "The reissue {run} keeps fund, notice and period of the original run {original}.",
    ),
    "FundLedger_ReissueOver": (
        "退票批次 {batch} 尚可补发 {remaining_fen},申请 {requested_fen}。",
        "The batch {batch} leaves {remaining_fen} to be paid again, {requested_fen} was asked for.",
    ),
    "FundLedger_WrongStage": (
        "批次 {run} 应处于“{expected}”,实为“{actual}”。",
        "Expected the run {run} to be {expected}, it is {actual}.",
    ),
    "FundLedger_RunDiffers": (
        "所签内容与批次 {run} 不符:编制时根哈希 {root},金额 {total_fen}。",
        "What was signed is not run {run} as prepared: root {root}, total {total_fen}.",
    ),
    "FundLedger_SamePerson": (
        "人员 {person} 已经办过批次 {run},不相容岗位须由不同的人办理。",
        "Person {person} has acted on run {run} already: each step takes another person.",
    ),
    "FundLedger_SameAgency": (
        "批次 {run} 由 {agency} 编制,不得由同一机构拨付或结算。",
        "The run {run} was prepared by {agency}; another agency releases and settles it.",
    ),
    "FundLedger_VoucherDiffers": (
        "凭证金额 {amount_fen} 与批次 {run} 应拨付的 {due_fen} 不符(已扣除争议暂扣和剔除的明细)。",
        "The voucher is for {amount_fen}; the run {run}, less its disputed lines, is {due_fen}.",
    ),
    "FundLedger_NothingToRelease": (
        "批次 {run} 的全部明细都已被争议暂扣或剔除,没有可拨付的金额。",
        "Disputes hold or struck every line of run {run}: there is nothing to release.",
    ),
    "FundLedger_TooManyLines": (
        "批次 {run} 有 {count} 笔明细,超过记账上限。",
        "The run {run} has {count} lines, more than the ledger counts.",
    ),
    "FundLedger_NoVoucher": ("批次 {run} 缺少凭证号。", "The release of {run} names no voucher."),
    "FundLedger_NoReason": (
        "对批次 {run} 的退回、撤销、暂扣或解除须写明理由。",
        "What refuses, cancels, holds or lifts run {run} gives no reason.",
    ),
    # FundLedger, what banks report
    "FundLedger_BatchExists": ("回单批次 {batch} 已存在。", "The batch {batch} exists already."),
    "FundLedger_EmptyBatch": (
        "回单批次 {batch} 没有明细、金额或根哈希。",
        "The batch {batch} has no lines, no sum or no root.",
    ),
    "FundLedger_UnknownBatchKind": (
        "回单类别应为 2(到账)或 3(退票),实为 {kind}。",
        "Expected batch kind 2 (credited) or 3 (returned), got {kind}.",
    ),
    "FundLedger_BatchOverRun": (
        "回单批次 {batch} 金额 {total_fen},超过未结清的 {remaining_fen}。",
        "The batch {batch} holds {total_fen}, the run has {remaining_fen} left to settle.",
    ),
    "FundLedger_BatchOverCount": (
        "回单批次 {batch} 有 {count} 笔,超过未结清的 {remaining} 笔。",
        "The batch {batch} holds {count} lines, the run has {remaining} left to settle.",
    ),
    # FundLedger, what stops money
    "Contests_NotTheDesk": (
        "只有理事登记的争议合约可以办理此事,{caller} 不是。",
        "Only the network's DisputeDesk asks for this, {caller} is not it.",
    ),
    "Contests_NotAWatchdog": (
        "只有审计机关或检察机关可以暂扣批次,{agency} 不是。",
        "Only an auditor's or a prosecutor's office holds runs, {agency} is neither.",
    ),
    "Contests_PastHolding": (
        "批次 {run} 不存在或已拨付,不能再暂扣。",
        "The run {run} is not before its release and cannot be held.",
    ),
    "Contests_RunStopped": (
        "批次 {run} 不存在、已退回或已撤销,没有可以停止的内容。",
        "The run {run} does not exist, was rejected or cancelled: nothing is left to stop.",
    ),
    "Contests_HoldInPast": (
        "批次 {run} 的暂扣期限 {until} 早于区块时间 {block_time}。",
        "The hold of run {run} would end at {until}, before the block's time {block_time}.",
    ),
    "Contests_NotHeld": (
        "批次 {run} 没有被 {agency} 暂扣。",
        "The agency {agency} does not hold the run {run}.",
    ),
    "Contests_RunHeld": (
        "批次 {run} 已被 {agency} 暂扣,至{until}为止(理由摘要 {reason})。",
        "The run {run} is held by {agency} until {until} (digest of the reason {reason}).",
    ),
    "Contests_RunBlocked": (
        "批次 {run} 有 {challenges} 项已举证的质疑尚未由审计机关了结,不能拨付。",
        "Frauds proven in run {run} that no auditor has closed: {challenges}.",
    ),
    "Contests_CodeTaken": (
        "争议编号 {dispute} 已用作回单批次号。",
        "The code {dispute} is a batch's already.",
    ),
    # DisputeDesk, its disputes
    "DisputeDesk_DisputeExists": (
        "争议 {dispute} 已存在。",
        "The dispute {dispute} exists already.",
    ),
    "DisputeDesk_LineDiffers": (
        "争议 {dispute} 所签内容与所证明的明细不符:支付编号 {payment_id},金额 {amount_fen}。",
        "The dispute {dispute} is not of the line proved: payment {payment_id}, {amount_fen}.",
    ),
    "DisputeDesk_LineContested": (
        "该笔明细已有争议 {standing}。",
        "The line is contested by {standing}, or that dispute has ended it.",
    ),
    "DisputeDesk_WrongStage": (
        "争议 {dispute} 应处于“{expected}”,实为“{actual}”。",
        "Expected the dispute {dispute} to be {expected}, it is {actual}.",
    ),
    "DisputeDesk_UnknownOutcome": (
        "裁决结果应为 1(成立)或 2(不成立),实为 {outcome}。",
        "Expected outcome 1 (upheld) or 2 (dismissed), got {outcome}.",
    ),
    "DisputeDesk_SameAgency": (
        "{agency} 是争议 {dispute} 的当事方或已裁决过,须由另一机构裁决。",
        "The agency {agency} opened or decided {dispute}, or pays the run: another one decides.",
    ),
    "DisputeDesk_SamePerson": (
        "人员 {person} 已经办过争议 {dispute},须由不同的人办理。",
        "Person {person} opened or decided the dispute {dispute}: another person decides.",
    ),
    "DisputeDesk_NotAParty": (
        "{agency} 不是争议 {dispute} 的当事方,也不是终局裁决机构。",
        "The agency {agency} is no party to {dispute}, or did not decide it.",
    ),
    "DisputeDesk_AppealWindow": (
        "争议 {dispute} 的复议期限 {appeal_until} 应在此刻与 {latest} 之间。",
        "Expected the appeal of {dispute} to end between now and {latest}, got {appeal_until}.",
    ),
    "DisputeDesk_AppealTooLate": (
        "争议 {dispute} 的复议期限已于 {appeal_until} 届满。",
        "The time to appeal {dispute} ended at {appeal_until}.",
    ),
    "DisputeDesk_AppealOpen": (
        "争议 {dispute} 的复议期限至 {appeal_until},尚未届满。",
        "The dispute {dispute} can be appealed until {appeal_until}; it is not final before.",
    ),
    "DisputeDesk_NotUpheld": (
        "争议 {dispute} 未获支持,不能据以补发。",
        "The dispute {dispute} was not upheld: it orders nothing.",
    ),
    "DisputeDesk_ReissueOrdered": (
        "争议 {dispute} 已责令补发 {amount_fen}。",
        "A reissue of {amount_fen} was ordered already for {dispute}.",
    ),
    "DisputeDesk_AmountOver": (
        "{subject} 的金额 {amount_fen} 为零或超过剩余的 {left_fen}。",
        "The amount {amount_fen} of {subject} is zero, or above the {left_fen} that is left.",
    ),
    "DisputeDesk_NoReason": ("{subject} 须写明理由。", "An act on {subject} gives no reason."),
    # DisputeDesk, its recoveries
    "DisputeDesk_ReceivableExists": (
        "追回款 {receivable} 已存在。",
        "The receivable {receivable} exists already.",
    ),
    "DisputeDesk_NoCause": (
        "{cause} 不是关于该笔支付的、已获支持的争议或未了结的质疑。",
        "Neither an upheld dispute nor an open challenge of this payment: {cause}.",
    ),
    "DisputeDesk_RecoveryOrdered": (
        "该笔支付已由 {receivable} 追回。",
        "The payment is to be recovered already, by {receivable}.",
    ),
    "DisputeDesk_NotCredited": (
        "回单批次 {batch} 没有为该批次支付 {payment_id} 到账。",
        "The batch {batch} did not credit the payment {payment_id} of this run.",
    ),
    "DisputeDesk_NotOpen": (
        "追回款 {receivable} 不在追回中,现为“{stage}”。",
        "The receivable {receivable} is not open, it is {stage}.",
    ),
    "DisputeDesk_WrongKind": (
        "机构 {agency} 应为{expected},实为{actual}。",
        "Expected {agency} to be a {expected}, it is a {actual}.",
    ),
    "DisputeDesk_SameOrderer": (
        "人员 {person} 责令追回 {receivable},不得再由其入账或了结。",
        "Person {person} ordered {receivable} and neither books nor closes it.",
    ),
    "DisputeDesk_ReceiptExists": (
        "追回流水 {receipt} 已入账。",
        "The receipt {receipt} is booked already.",
    ),
    "DisputeDesk_UnknownClosing": (
        "了结方式应为 3(抵扣)或 4(核销),实为 {how}。",
        "Expected closing 3 (offset) or 4 (written off), got {how}.",
    ),
    # DisputeDesk, its challenges
    "Challenges_AlreadyProven": (
        "该质疑已经举证成立({challenge}),不会重复记录。",
        "This fraud is proven already and is not proven twice ({challenge}).",
    ),
    "Challenges_OtherPayment": (
        "两份证明不是同一笔支付:{payment_id} 与 {other_payment_id}。",
        "The proofs are of two payments: {payment_id} and {other_payment_id}.",
    ),
    "Challenges_SamePlace": (
        "两份证明是同一笔明细(第 {index} 位),或先后颠倒。",
        "The proofs are of one line, at place {index}, or the wrong way round.",
    ),
    "Challenges_InOrder": (
        "两笔明细顺序正确:{payment_id} 在 {next_payment_id} 之前。",
        "The lines stand in order: {payment_id} before {next_payment_id}.",
    ),
    "Challenges_SameAmount": (
        "两份证明的金额相同,均为 {amount_fen}。",
        "Both proofs are of the same amount, {amount_fen}.",
    ),
    "Challenges_NoNotice": ("批次 {run} 没有引用公示。", "The run {run} cites no notice."),
    "Challenges_IsReissue": (
        "批次 {run} 是对 {reissue_of} 的补发,其支付编号本就不在公示名单上。",
        "The run {run} pays {reissue_of} again; its ids are not those of the roster.",
    ),
    "Challenges_OtherRun": (
        "两个回单批次不属于同一批次:{run} 与 {other_run}。",
        "The batches are of two runs: {run} and {other_run}.",
    ),
    "Challenges_UnknownBatch": ("没有回单批次 {batch}。", "There is no batch {batch}."),
    "Challenges_NotAReissue": (
        "支付 {payment_id} 不是该项应付的第 {attempt} 次补发。",
        "The payment {payment_id} is not attempt {attempt} of that duty, or is its first.",
    ),
    "Challenges_WasReturned": (
        "上一次支付 {payment_id} 确已退票或有争议,补发有据。",
        "The attempt before, {payment_id}, was returned or disputed, as the run says.",
    ),
    "Challenges_NotOpen": (
        "质疑 {challenge} 未举证成立或已了结。",
        "No such fraud is open: {challenge}.",
    ),
    "Challenges_NotAnAuditor": (
        "只有审计机关可以了结质疑,{agency} 是{kind}。",
        "Only an auditor's office closes a proven fraud, {agency} is a {kind}.",
    ),
    "Challenges_NoReason": (
        "了结质疑 {challenge} 须写明理由。",
        "The closing of {challenge} gives no reason.",
    ),
    # Proofs of lines
    "SumTree_Overflow": (
        "明细金额之和超出记账上限:{left} 加 {right}。",
        "The sum is beyond the ledger's range: {left} and {right}.",
    ),
    "SumTree_IndexOutOfRange": (
        "证明的位置 {index} 超出明细笔数 {count}。",
        "The proof is of place {index}, there are {count} lines.",
    ),
    "SumTree_ProofTooShort": (
        "明细证明过短:{length} 项。",
        "The proof of the line is too short: {length} nodes.",
    ),
    "SumTree_ProofTooLong": (
        "明细证明过长:{length} 项。",
        "The proof of the line is too long: {length} nodes.",
    ),
    "SumTree_TotalMismatch": (
        "明细证明不成立:总额应为 {expected} 分,算得 {computed} 分。",
        "The proof fails: expected a total of {expected} fen, computed {computed}.",
    ),
    "SumTree_RootMismatch": (
        "明细证明不成立:根哈希应为 {expected},算得 {computed}。",
        "The proof fails: expected the root {expected}, computed {computed}.",
    ),
    "SumTree_NeighbourCount": (
        "不在名单的证明须有一至两个相邻明细,实为 {length} 个。",
        "An absence is shown by one or two neighbours, got {length}.",
    ),
    "SumTree_NotNeighbours": (
        "第 {left} 位与第 {right} 位不相邻。",
        "The places {left} and {right} are not next to each other.",
    ),
    "SumTree_NotAtEdge": (
        "第 {index} 位不在 {count} 笔明细的首尾,单个相邻明细不能证明不在名单。",
        "Place {index} of {count} is at no edge: one neighbour shows no absence.",
    ),
    "SumTree_NotBetween": (
        "支付 {payment_id} 不在两个相邻明细之间。",
        "The payment {payment_id} is not between its neighbours.",
    ),
    # What the compiler adds
    "Panic": (
        "合约内部错误,代码 {code}。请报告,不要重试。",
        "Internal error of the contract, code {code}: report it, do not repeat it.",
    ),
    "Error": ("合约拒绝:{message}。", "The contract refused: {message}."),
    "Unknown": (
        "合约拒绝,原因未知(数据 {data})。网络文件或程序版本可能不符。",
        "Refused with unknown data {data}: the network file or this version may not match.",
    ),
}
