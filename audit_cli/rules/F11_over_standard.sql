-- id: F11
-- zh: 超标准
-- en: amount is not the policy's
-- severity: high
-- basis: 政策记录所载文件(版本与生效日见 policy);预算法 57
-- asks_zh: 按年龄核对档次与标准,多发的追回、少发的补发
-- asks_en: check age, band and rate; recover what was too much, pay what was too little
WITH owed AS (
    SELECT l.*, t.policy_entry, t.source, t.bands,
           list_filter(t.bands, lambda b: l.age BETWEEN b.age_from AND b.age_to)[1] AS due
    FROM run_lines l
    JOIN terms t ON t.programme = l.programme AND t.period = l.period
    WHERE l.element = 'base'
)
SELECT 'payment:' || lower(hex(payment_id)) AS subject,
       '金额与标准不符:' || age || ' 岁应发 ' || coalesce(due.amount_fen, 0) || ' 分('
           || coalesce(due.band, '不在任何档次') || '),' || run || ' 列支 ' || amount_fen
           || ' 分(' || band || ')。' AS zh,
       'Not the policy''s amount: age ' || age || ' is due ' || coalesce(due.amount_fen, 0)
           || ' fen, ' || run || ' has ' || amount_fen || '.' AS en,
       file, line, run, region, age, band, due.band AS band_due,
       coalesce(due.amount_fen, 0) AS expected, amount_fen AS computed,
       policy_entry AS policy, source AS policy_source
FROM owed
WHERE amount_fen IS DISTINCT FROM coalesce(due.amount_fen, 0)
   OR (band <> due.band AND list_contains(list_transform(bands, lambda b: b.band), band))
ORDER BY run, line
