; What programs find defined besides the built-in procedures.

(define (map f items) (if (null? items) '() (cons (f (car items)) (map f (cdr items)))))
(define (filter keep? items)
  (cond ((null? items) '())
        ((keep? (car items)) (cons (car items) (filter keep? (cdr items))))
        (else (filter keep? (cdr items)))))
(define (fold f start items) (if (null? items) start (fold f (f start (car items)) (cdr items))))
(define (range low high) (if (< low high) (cons low (range (+ low 1) high)) '()))
