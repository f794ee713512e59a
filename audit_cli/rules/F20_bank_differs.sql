-- id: F20
-- zh: 来源互相矛盾
-- en: two sources contradict each other: bank and run
-- severity: critical
-- basis: 人民法院在线诉讼规则 16、18
-- asks_zh: 向代理银行调取原始回单,查明差额去向
-- asks_en: take the bank's original record; find where the difference went
SELECT 'payment:' || lower(hex(b.payment_id)) AS subject,
       '银行金额与批次不符:' || l.run || ' 列支 ' || l.amount_fen || ' 分,银行报 '
           || b.amount_fen || ' 分(' || b.batch || ')。' AS zh,
       'The bank reports ' || b.amount_fen || ' fen in ' || b.batch || ', ' || l.run || ' has '
           || l.amount_fen || '.' AS en,
       b.file, b.line, b.batch, l.run, l.file || ':' || l.line AS run_line, l.region,
       l.amount_fen AS expected, b.amount_fen AS computed
FROM bank_lines b
JOIN run_lines l ON l.run = b.batch_run AND l.payment_id = b.payment_id
WHERE b.amount_fen <> l.amount_fen
ORDER BY b.batch, b.line
