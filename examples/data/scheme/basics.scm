; Numbers, lists, text.

(+ 1 2 3)
(* 1.5 4)
(list (quotient 17 5) (remainder 17 5) (/ 1 4) (- 5))
(and (< 1 2) (not (< 2 1)))

(define numbers (range 1 11))
(map (lambda (n) (* n n)) numbers)
(filter (lambda (n) (= 0 (remainder n 3))) numbers)
(fold + 0 numbers)

'(a "quoted" (list 1 2.5 #t))
(let ((who "world")) (display "hello, ") (display who) (newline))
car
map
