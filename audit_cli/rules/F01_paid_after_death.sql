-- id: F01
-- zh: 死亡冒领
-- en: paid after death
-- severity: critical
-- basis: 社会保险经办条例 25、26、46;发放月份与宽限月数见政策记录 policy record
-- asks_zh: 先核实死亡信息(各来源是否一致)再决定;确认后书面告知、追回,不得仅凭本条停发
-- asks_en: verify the death with every source first; then give reasoned notice and recover
WITH died AS (
    SELECT payee_ref,
           min(died_on) AS died_on,
           string_agg(registrar || ' ' || died_on || ' [' || feed || '#' || entry || ']', '; '
                      ORDER BY died_on, feed, entry) AS sources
    FROM deaths
    WHERE died_on IS NOT NULL
    GROUP BY payee_ref
)
SELECT 'payment:' || lower(hex(l.payment_id)) AS subject,
       '死亡冒领:' || l.period || ' 月在 ' || l.run || ' 列支,而死亡日期为 ' || d.died_on || '。' AS zh,
       'Paid after death: ' || l.period || ' stands in ' || l.run || ', death on ' || d.died_on || '.' AS en,
       l.file, l.line, l.run, l.region, l.amount_fen,
       d.died_on AS computed,
       '>= ' || (l.paid_month + to_months(CAST(
           (CASE WHEN t.month_of_death_payable THEN 0 ELSE 1 END) - t.grace_months AS INTEGER
       )))::DATE AS expected,
       d.sources, t.policy_entry AS policy
FROM run_lines l
JOIN died d ON d.payee_ref = l.payee_ref
JOIN terms t ON t.programme = l.programme AND t.period = l.period
WHERE date_diff('month', date_trunc('month', d.died_on), l.paid_month)
      > t.grace_months - (CASE WHEN t.month_of_death_payable THEN 0 ELSE 1 END)
ORDER BY l.run, l.line
