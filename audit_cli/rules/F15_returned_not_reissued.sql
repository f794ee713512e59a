-- id: F15
-- zh: 退票未重发
-- en: returned and not reissued
-- severity: high
-- basis: 被动退票恢复额度、当年重发;期限天数见政策记录 return_days_max
-- asks_zh: 联系领款人更正账户并补发;逾期的书面说明原因
-- asks_en: reach the payee, correct the account, pay again; say in writing why it was late
SELECT 'payment:' || lower(hex(b.payment_id)) AS subject,
       '退票未重发:' || b.booked_on || ' 退回(' || b.reason || '),至 ' || getvariable('as_of')
           || ' 已 ' || date_diff('day', b.booked_on, getvariable('as_of')) || ' 天未补发。' AS zh,
       'Returned on ' || b.booked_on || ' (' || b.reason || ') and not reissued by '
           || getvariable('as_of') || '.' AS en,
       b.file, b.line, b.batch, l.run, l.region, l.amount_fen, b.reason,
       '<= ' || t.return_days_max || ' days' AS expected,
       date_diff('day', b.booked_on, getvariable('as_of')) || ' days' AS computed,
       t.policy_entry AS policy
FROM bank_lines b
JOIN run_lines l ON l.run = b.batch_run AND l.payment_id = b.payment_id
JOIN terms t ON t.programme = l.programme AND t.period = l.period
WHERE b.outcome = 'returned'
  AND date_diff('day', b.booked_on, getvariable('as_of')) > t.return_days_max
  AND NOT EXISTS (
      SELECT 1 FROM run_lines r
      WHERE r.reissue_of = b.batch AND r.attempt = l.attempt + 1
        AND r.payee_ref = l.payee_ref AND r.programme = l.programme
        AND r.element = l.element AND r.period = l.period
  )
ORDER BY b.batch, b.line
