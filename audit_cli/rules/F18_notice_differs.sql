-- id: F18
-- zh: 公示与发放不符
-- en: the run is not what was on public notice
-- severity: high
-- basis: 项目登记的公示期 programme's notice;公示名册与发放不符须有书面理由
-- asks_zh: 调取更换名册的书面理由;没有的,退回编制并问责;漏发的补发
-- asks_en: ask for the signed reason; without one send the run back; pay whoever was left out
WITH covered AS (
    SELECT DISTINCT notice FROM runs WHERE live AND reissue_of = '' AND notice <> ''
), ordered AS (
    SELECT l.* FROM run_lines l WHERE l.reissue_of = '' AND l.notice <> ''
), found AS (
    SELECT o.payment_id, o.run, o.notice, o.file, o.line, o.region, 'not-on-notice' AS fault,
           'on the notice' AS expected, 'absent' AS computed, NULL AS notice_line
    FROM ordered o
    ANTI JOIN roster_lines n ON n.notice = o.notice AND n.payment_id = o.payment_id
    UNION ALL
    SELECT o.payment_id, o.run, o.notice, o.file, o.line, o.region, 'amount-differs',
           n.amount_fen::VARCHAR, o.amount_fen::VARCHAR, n.file || ':' || n.line
    FROM ordered o
    JOIN roster_lines n ON n.notice = o.notice AND n.payment_id = o.payment_id
    WHERE n.amount_fen <> o.amount_fen
    UNION ALL
    SELECT n.payment_id, '', n.notice, n.file, n.line, n.region, 'not-in-run',
           'in a run', 'absent', NULL
    FROM roster_lines n
    JOIN covered USING (notice)
    -- What a dispute struck is decided, not forgotten: it was in the run.
    ANTI JOIN prepared_lines o ON o.notice = n.notice AND o.payment_id = n.payment_id
        AND o.reissue_of = ''
)
SELECT 'payment:' || lower(hex(payment_id)) AS subject,
       CASE fault
           WHEN 'not-on-notice' THEN '未经公示:' || run || ' 列支而公示 ' || notice || ' 没有。'
           WHEN 'amount-differs' THEN '金额与公示不同:' || run || ' 为 ' || computed
               || ' 分,公示为 ' || expected || ' 分。'
           ELSE '公示后未列支:公示 ' || notice || ' 有而发放批次没有。'
       END AS zh,
       CASE fault
           WHEN 'not-on-notice' THEN 'In ' || run || ' but not on notice ' || notice || '.'
           WHEN 'amount-differs' THEN run || ' has ' || computed || ' fen, the notice ' || expected || ' (' || notice_line || ').'
           ELSE 'On notice ' || notice || ' but in no run.'
       END AS en,
       file, line, nullif(run, '') AS run, notice, region, fault, expected, computed, notice_line
FROM found
ORDER BY notice, fault, line
